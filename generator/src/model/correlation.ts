import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { SpecNode } from '../load/spec-document.ts';
import type { CorrelationLocation, JsonSchema } from './event-model.ts';
import { declaredAt, declaredNames, schemasInPlace } from './payload-facts.ts';
import { pointerTokens } from './pointer.ts';
import { didYouMeanOrList, quote } from './wording.ts';

/** Reads a message's `correlationId`; null when it has none, or one that says no place, which is reported. */
export function readCorrelation(
  message: SpecNode,
  name: string,
  payload: JsonSchema,
  problems: Diagnostic[],
): CorrelationLocation | null {
  const declared = message.get('correlationId');
  if (declared === undefined) return null;
  const location: unknown = declared.get('location')?.value;
  const found = typeof location === 'string' ? parseLocation(location) : null;
  const fault = found === null ? unreadable : locationFault(found, payload);
  if (fault === null) return found;
  const subject = `\`correlationId\` of message ${quote(name)} is ${quote(String(location ?? ''))}`;
  problems.push(
    report('correlation-location', declared.keyOrigin('location'), `${subject}, ${fault.text}`, fault.help),
  );
  return null;
}

interface Fault {
  readonly text: string;
  readonly help?: string | undefined;
}

const unreadable: Fault = {
  text: 'which names no place in a message.',
  help: 'Write `$message.header#/<name>` or `$message.payload#/<name>`.',
};

/** Takes a runtime expression apart. Its fragment is a JSON pointer in the form of a URI. */
function parseLocation(location: string): CorrelationLocation | null {
  const [, place, fragment = ''] = /^\$message\.(header|payload)#(\/.+)$/s.exec(location) ?? [];
  const pointer = decoded(fragment);
  if (place === undefined || pointer === null || pointerTokens(pointer) === null) return null;
  return { in: place === 'header' ? 'header' : 'payload', pointer };
}

function decoded(fragment: string): string | null {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return null;
  }
}

function locationFault({ in: place, pointer }: CorrelationLocation, payload: JsonSchema): Fault | null {
  const path = pointerTokens(pointer) ?? [];
  if (place === 'header') {
    return path.length === 1 ? null : { text: 'but a header of a message is one name, without anything below it.' };
  }
  const missing = path.findIndex((_, index) => declaredAt(payload, path.slice(0, index + 1)).length === 0);
  if (missing < 0 || payload === true) return null;
  const above = declaredAt(payload, path.slice(0, missing)).flatMap((schema) => schemasInPlace(payload, schema));
  return {
    text: 'which its payload does not declare.',
    help: didYouMeanOrList(path[missing] ?? '', declaredNames(above), 'Declared there'),
  };
}
