import { validatorParts } from '../../emit/validator/emit-validator.ts';
import { jsonLiteral } from '../../emit/validator/json-literal.ts';
import type { MessageType } from '../../model/event-model.ts';
import type { EventPage } from '../site-model.ts';

/** Spells the classic script that registers an event's examples and its validator, which runs only when asked. */
export function eventScript(script: string, event: EventPage, payload: MessageType['payload']): string {
  const { imports, statements, check } = validatorParts(payload);
  const told = {
    script,
    examples: event.examples.map(({ title, json }) => ({ title, json })),
    entries: event.consumers.map(({ operation, anchor }) => [operation, anchor]),
  };
  return `(globalThis.eventloomMatchEvents ??= []).push({
...${jsonLiteral(told)},
validator({ ${imports.join(', ')} }) {

${statements.join('\n')}
return validator(${check});
},
});
`;
}
