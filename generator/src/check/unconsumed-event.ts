import { report } from '../diagnostics/report.ts';
import { addressKey } from '../model/order.ts';
import { quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { selections } from './selections.ts';

/** Reports events that no operation receives. A spec without any consumer describes producers only, and gets no such report. */
export const unconsumedEvent: Rule = (model) => {
  const received = new Set(selections(model).flatMap(({ route }) => route.events.map(addressKey)));
  if (received.size === 0) return [];
  // What a function answers goes to its caller.
  const replies = model.system.services.flatMap(({ consumers }) => consumers.flatMap(({ reply }) => reply ?? []));
  for (const reply of replies) received.add(addressKey(reply));
  return model.catalog.events
    .filter((event) => !received.has(addressKey(event)))
    .map(({ name, source, origin }) => {
      const message = `No operation receives ${quote(name)} from ${quote(source)}.`;
      return report('unconsumed-event', origin, message);
    });
};
