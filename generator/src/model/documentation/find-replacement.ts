import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { ChannelMessage } from '../declarations.ts';
import { didYouMeanOrList, quote } from '../wording.ts';
import type { FindReplacement } from './read-message-docs.ts';

/** A message of a channel, and the type that it became. */
export interface NamedMessage {
  readonly message: ChannelMessage;
  readonly typeName: string;
}

/** Returns how `x-docs.replacedBy` of a message is understood: by the name of a message, its key, or a reference to it. */
export function replacementFinder(
  self: NamedMessage,
  messages: readonly NamedMessage[],
  problems: Diagnostic[],
): FindReplacement {
  return (docs, wanted) => {
    const found = wanted.includes('#') ? byReference(docs, wanted, messages) : byName(wanted, messages);
    const typeNames = [...new Set(found.map(({ typeName }) => typeName))];
    const [typeName] = typeNames;
    const refuse = (message: string, help?: string): null => {
      problems.push(report('docs-replacement', docs.keyOrigin('replacedBy'), message, help));
      return null;
    };
    if (typeName === undefined) {
      const names = [...new Set(messages.map(({ message }) => message.name))].sort();
      const help = wanted.includes('#') ? undefined : didYouMeanOrList(wanted, names, 'Messages');
      return refuse(`${quote(wanted)} is no message of a channel.`, help);
    }
    if (typeNames.length > 1) {
      const help = 'Write its place, such as `#/channels/orders/messages/OrderPlaced`.';
      return refuse(`Several messages are named ${quote(wanted)}.`, help);
    }
    return typeName === self.typeName ? refuse('A message cannot replace itself.') : typeName;
  };
}

function byReference(docs: SpecNode, wanted: string, messages: readonly NamedMessage[]): readonly NamedMessage[] {
  const identity = docs.resolve(wanted)?.identity;
  return messages.filter(({ message }) => message.node.identity === identity);
}

/** A name on the wire comes before a key. */
function byName(wanted: string, messages: readonly NamedMessage[]): readonly NamedMessage[] {
  const named = messages.filter(({ message }) => message.name === wanted);
  return named.length > 0 ? named : messages.filter(({ message }) => message.key === wanted);
}
