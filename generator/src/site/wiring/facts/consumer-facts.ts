import type { EventType } from '../../../model/event-model.ts';
import type { SiteContext } from '../../site-context.ts';
import type { Fact } from '../../site-model.ts';
import type { Reception } from '../receptions.ts';
import { stackOf } from '../stack-names.ts';
import { code } from '../words.ts';
import { alarmFacts } from './alarm-facts.ts';
import { handlerFacts } from './handler-facts.ts';
import { routeFacts } from './route-facts.ts';
import { subscriberFacts } from './subscriber-facts.ts';

/**
 * What a `receive` operation is made of. Constructs are named by their path in their stack; AWS chooses the names of what
 * is made of them, and an environment stands in front of those of stacks.
 */
export function consumerFacts(context: SiteContext, reception: Reception, event: EventType): readonly Fact[] {
  const { wiring } = reception.receiver;
  const { topology } = context;
  return [
    ...routeFacts(context, reception, event),
    ...(reception.kind === 'handler'
      ? handlerFacts(topology, reception.receiver.wiring)
      : subscriberFacts(reception.receiver.wiring)),
    ...alarmFacts(topology, reception),
    { label: 'Stack', value: code(stackOf(topology, wiring.key)) },
  ];
}
