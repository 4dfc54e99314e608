import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ConsumerModel } from '../model/event-model.ts';
import { quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';

/** Reports two consumers with one handler module: a module exports one `handler`, and its type belongs to one consumer. */
export const sharedHandler: Rule = ({ system }) => {
  const owners = new Map<string, ConsumerModel>();
  return system.services
    .flatMap(({ consumers }) => consumers)
    .flatMap((consumer): readonly Diagnostic[] => {
      const { handler, key } = consumer.wiring;
      const first = owners.get(handler.toLowerCase());
      if (first === undefined) {
        owners.set(handler.toLowerCase(), consumer);
        return [];
      }
      const message = `Consumers ${quote(first.wiring.key)} and ${quote(key)} would share the handler module ${quote(handler)}.`;
      return [
        report('shared-handler', consumer.origin, message, undefined, [
          { message: 'the other consumer', origin: first.origin },
        ]),
      ];
    });
};
