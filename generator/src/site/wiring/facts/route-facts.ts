import type { EventReference, EventType } from '../../../model/event-model.ts';
import type { SiteContext } from '../../site-context.ts';
import type { Fact } from '../../site-model.ts';
import type { Reception } from '../receptions.ts';
import { code, either } from '../words.ts';

/** Bus, rule, topic, subscription or queue of a route, and what becomes of events that it does not take. */
export function routeFacts(context: SiteContext, reception: Reception, event: EventType): readonly Fact[] {
  return [...placesOf(context, reception), ...selectionFacts(reception, event), ...restFacts(reception)];
}

function placesOf({ paths, topology }: SiteContext, { receiver, route }: Reception): readonly Fact[] {
  const construct = (suffix: string) => `${receiver.wiring.constructId}/${route.constructId}${suffix}`;
  const place = (label: string, key: string): Fact => {
    const link = paths.destination(key);
    return { label, value: code(link.text), link };
  };
  switch (route.kind) {
    case 'eventbridge':
      return [place('Bus', route.bus), { label: 'Rule', value: `construct ${code(construct('Rule'))}` }];
    case 'eventbridge-sns': {
      const topic = topology.destinations.find(({ key }) => key === route.topic);
      const rule =
        topic === undefined
          ? []
          : [
              {
                label: 'Rule of the channel',
                value: `construct ${code(`${topic.constructId}/Rule`)} of stack ${code(topology.system)}`,
              },
            ];
      return [place('Bus', route.bus), ...rule, place('Topic', route.topic), subscription(receiver.wiring, construct)];
    }
    case 'sns':
      return [place('Topic', route.topic), subscription(receiver.wiring, construct)];
    case 'sqs':
      return [
        place('Queue', route.queue),
        { label: 'Event source mapping', value: `construct ${code(construct('Mapping'))}` },
      ];
    default:
      return route satisfies never;
  }
}

/** Every address and number has a subscription of its own. */
function subscription({ delivery }: Reception['receiver']['wiring'], construct: (suffix: string) => string): Fact {
  const isAddressed = delivery.type === 'email' || delivery.type === 'sms';
  const each = isAddressed ? ', followed by the address: one for each' : '';
  return { label: 'Subscription', value: `construct ${code(construct('Subscription'))}${each}` };
}

/** How a topic tells the events of an operation from others. */
function selectionFacts({ route }: Reception, { name }: EventReference): readonly Fact[] {
  if (route.kind !== 'sns' && route.kind !== 'eventbridge-sns') return [];
  const selected = route.kind === 'sns' ? 'type' : 'detail-type';
  const { filterPolicy } = route;
  if (filterPolicy === null || !Object.hasOwn(filterPolicy, selected)) return [];
  const names = [...new Set([name, ...route.events.map((event) => event.name)])].sort();
  const what = route.kind === 'sns' ? 'the message attribute `type`' : '`detail-type`';
  return [{ label: 'Selected by', value: `${what} is ${either(names.slice(0, 20).map(code))}` }];
}

function restFacts({ operation, route }: Reception): readonly Fact[] {
  const byAttributes = route.kind === 'sns' && route.filterPolicyScope === 'MessageAttributes';
  return [
    ...(byAttributes && operation?.filter != null
      ? [{ label: 'Filter scope', value: 'message attributes; the body is not read' }]
      : []),
    ...(route.handlerFilter === undefined
      ? []
      : [
          { label: 'Rest of the filter', value: 'the route lets more through; the handler evaluates the whole filter' },
        ]),
    ...(route.kind === 'sqs' && route.mappingFilter !== null
      ? [{ label: 'Not matched', value: 'deleted from the queue: nobody else gets it' }]
      : []),
  ];
}
