import type { Consumer, Delivery, Route, Subscriber, SubscriberDelivery } from '@eventloom/engine';
import { loadModel } from '../load-model.ts';
import type { EventModel } from '../model/event-model.ts';
import { ingressWords } from '../model/ingress/ingress-words.ts';
import { sortBy } from '../model/order.ts';
import { answerAbout, specPath } from './answers.ts';
import type { Answer, Invocation } from './command.ts';
import { table } from './table.ts';

/** `topology`: the resolved system. */
export async function topologyCommand(invocation: Invocation): Promise<Answer> {
  const loaded = await loadModel({ spec: specPath(invocation) });
  if (!loaded.ok || loaded.model === null) return answerAbout(invocation, loaded, {});
  const rows = topologyRows(loaded.model);
  return answerAbout(invocation, loaded, { json: { ...rows }, text: topologyText(loaded.model, rows) });
}

/** The system as `topology --json` prints it. */
export interface TopologyRows {
  readonly events: readonly { readonly name: string; readonly source: string }[];
  /** One for each (`send` operation, message). */
  readonly producers: readonly {
    readonly operation: string;
    readonly service: string;
    readonly event: string;
    readonly channel: string;
    /** What AWS publishes it for by itself (`x-ingress`): `POST /orders/{market}`, `rate(5 minutes)`, `queue` or `table`. */
    readonly ingress?: string;
  }[];
  /** One for each `receive` operation. */
  readonly consumers: readonly ConsumerRow[];
}

export interface ConsumerRow {
  readonly operation: string;
  readonly consumer: string;
  readonly service: string;
  /** Names of the events selected. */
  readonly events: readonly string[];
  /** Names of the events that the consumer may publish. */
  readonly emits: readonly string[];
  readonly route: Route['kind'];
  /** The whole pattern of the rule that feeds it; null without a rule. */
  readonly eventPattern: unknown;
  /** The policy of its subscription; null without one. */
  readonly filterPolicy: unknown;
  readonly filterPolicyScope: 'MessageBody' | 'MessageAttributes' | null;
  /** The filter of the event source mapping of a point-to-point queue; null without one. */
  readonly mappingFilter: unknown;
  /** The whole filter, when the handler evaluates it (`x-filter-rest: handler`); left out when the route does. */
  readonly handlerFilter?: unknown;
  readonly delivery: { readonly type: (Delivery | SubscriberDelivery)['type'] };
}

/** Lists what is wired, each list sorted by the key of its operations. */
export function topologyRows(model: EventModel): TopologyRows {
  const { services } = model.system;
  return {
    events: model.catalog.events.map(({ name, source }) => ({ name, source })),
    producers: sortBy(
      services.flatMap(({ wiring, producers, ingresses }) =>
        producers.flatMap(({ operation, channel, events }) => {
          const ingress = ingresses.find((one) => one.wiring.operation === operation);
          const what = ingress === undefined ? {} : { ingress: ingressWords(ingress.wiring) };
          return events.map((event) => ({ operation, service: wiring.name, event: event.name, channel, ...what }));
        }),
      ),
      ({ operation, event }) => JSON.stringify([operation, event]),
    ),
    consumers: sortBy(
      services.flatMap(({ consumers, subscribers }) =>
        [...consumers, ...subscribers].flatMap(({ wiring }) =>
          wiring.routes.map((route) => consumerRow(wiring, route)),
        ),
      ),
      ({ operation }) => operation,
    ),
  };
}

function consumerRow({ consumer, service, emits, delivery }: Consumer | Subscriber, route: Route): ConsumerRow {
  return {
    operation: route.operation,
    consumer,
    service,
    events: route.events.map(({ name }) => name),
    emits: [...new Set(emits.map(({ name }) => name))].sort(),
    route: route.kind,
    ...filtersOf(route),
    ...(route.handlerFilter === undefined ? {} : { handlerFilter: route.handlerFilter }),
    delivery: { type: delivery.type },
  };
}

type Filters = Pick<ConsumerRow, 'eventPattern' | 'filterPolicy' | 'filterPolicyScope' | 'mappingFilter'>;

function filtersOf(route: Route): Filters {
  const none: Filters = { eventPattern: null, filterPolicy: null, filterPolicyScope: null, mappingFilter: null };
  switch (route.kind) {
    case 'eventbridge':
      return { ...none, eventPattern: route.eventPattern };
    case 'eventbridge-sns':
      return { ...none, eventPattern: route.eventPattern, ...policyOf(route) };
    case 'sns':
      return { ...none, ...policyOf(route) };
    case 'sqs':
      return { ...none, mappingFilter: route.mappingFilter };
    default:
      return route satisfies never;
  }
}

function policyOf(
  route: Extract<Route, { kind: 'eventbridge-sns' | 'sns' }>,
): Pick<Filters, 'filterPolicy' | 'filterPolicyScope'> {
  const { filterPolicy, filterPolicyScope } = route;
  return filterPolicy === null ? { filterPolicy, filterPolicyScope: null } : { filterPolicy, filterPolicyScope };
}

function topologyText({ system }: EventModel, { producers, consumers }: TopologyRows): string {
  const destinations = system.destinations.map(({ kind, name }) => [kind, name]);
  const filter = (row: ConsumerRow): string => {
    const found = row.filterPolicy ?? row.mappingFilter ?? row.eventPattern;
    return found === null ? '' : JSON.stringify(found);
  };
  return [
    `System ${system.name}\n`,
    section('Destinations', table(['kind', 'name'], destinations)),
    section(
      'Producers',
      table(
        ['service', 'operation', 'event', 'channel'],
        producers.map((row) => [row.service, row.operation, row.event, row.channel]),
      ),
    ),
    section(
      'Consumers',
      table(
        ['service', 'consumer', 'operation', 'events', 'route', 'delivery', 'emits', 'filter'],
        consumers.map((row) => [
          row.service,
          row.consumer,
          row.operation,
          row.events.join(', '),
          row.route,
          row.delivery.type,
          row.emits.join(', '),
          filter(row),
        ]),
      ),
    ),
  ].join('\n');
}

function section(title: string, body: string): string {
  return `${title}\n${body === '' ? '  none\n' : body}`;
}
