import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecDocument, SpecNode } from '../../load/spec-document.ts';
import type { ChannelDeclaration, EmitDeclaration } from '../declarations.ts';
import { quote } from '../wording.ts';
import { referenceText, referenceTokens } from './references.ts';

const form = "Write `{ $ref: '#/channels/<channel>/messages/<message>' }`: the channel gives the event its source.";

/** Reads `x-emits`. Its references are read as they are written, since the channel in them gives the event's source. */
export function readEmits(
  document: SpecDocument,
  operation: SpecNode,
  channels: readonly ChannelDeclaration[],
  problems: Diagnostic[],
): readonly EmitDeclaration[] {
  const list = operation.get('x-emits');
  if (list === undefined) return [];
  if (!Array.isArray(list.value)) {
    problems.push(
      report('invalid-emits', operation.keyOrigin('x-emits'), '`x-emits` must be a list of references.', form),
    );
    return [];
  }
  return list.value.flatMap((_, index) => {
    const raw = list.raw(index);
    return raw === undefined ? [] : (readEmit(document, raw, channels, problems) ?? []);
  });
}

function readEmit(
  document: SpecDocument,
  raw: SpecNode,
  channels: readonly ChannelDeclaration[],
  problems: Diagnostic[],
): EmitDeclaration | null {
  const origin = raw.origin;
  const refuse = (message: string, help: string = form, at: Origin = origin): null => {
    problems.push(report('invalid-emits', at, message, help));
    return null;
  };
  const reference = referenceText(raw);
  if (reference === null) return refuse('Each element of `x-emits` must be a reference to a message of a channel.');
  const extra = Object.keys(raw.value as object).find((key) => key !== '$ref');
  if (extra !== undefined)
    return refuse(`${quote(extra)} beside a \`$ref\` has no effect.`, form, raw.keyOrigin(extra));
  const tokens = referenceTokens(document, raw) ?? [];
  const [root, channelKey, field, messageKey] = tokens;
  if (tokens.length !== 4 || root !== 'channels' || field !== 'messages') {
    return refuse(`${quote(reference)} is no message of a channel.`);
  }
  // One that leads nowhere was reported where references are resolved.
  const channel = channels.find(({ key }) => key === channelKey);
  const message = channel?.messages.find(({ key }) => key === messageKey);
  if (channel === undefined || message === undefined) return null;
  return { channel, message, origin };
}
