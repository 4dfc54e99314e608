import type { EventType } from '../../model/event-model.ts';
import { addressKey, sortBy, uniqueAddresses } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';
import type { Sketch, SketchLine, SketchNode } from './sketch.ts';
import { destinationNode, eventNode, keyOf, serviceNode } from './sketch-nodes.ts';
import { columns, filterOf, joinSketches, sketchPublishing, sketchRoute } from './sketch-route.ts';
import { type Receiver, trafficOf } from './traffic.ts';

/** Receivers that are drawn each with its queue or target; of more, only their services are. */
const mostReceivers = 18;

/** Services that are drawn; the rest is a number. */
const mostServices = 36;

/** Events in answer, and receivers beside them, up to which they are drawn. */
const mostAnswers = 10;

/** What is drawn of an event, and what is left out. */
export interface EventSketch {
  readonly sketch: Sketch;
  readonly note: string | null;
}

/** Draws an event from its senders to its receivers. */
export function sketchEvent(context: SiteContext, event: EventType): EventSketch {
  const receivers = trafficOf(context).receivers.get(addressKey(event)) ?? [];
  const start = [sketchSenders(context, event), sketchPublishing(context, event)];
  if (receivers.length > mostReceivers) {
    const services = sketchServices(context, event, receivers);
    return {
      sketch: joinSketches([...start, services]),
      note: `The ${receivers.length} consumers are drawn by service.`,
    };
  }
  const routes = receivers.map((receiver) => sketchRoute(context, { event, receiver }));
  return { sketch: joinSketches([...start, ...routes, sketchAnswers(context, receivers)]), note: null };
}

function sketchSenders(context: SiteContext, event: EventType): Sketch {
  const focus = { ...eventNode(context, event, columns.event), detail: event.source, isFocus: true };
  const senders = trafficOf(context).senders.get(addressKey(event)) ?? [];
  const { nodes, more } = atMost(senders, mostServices);
  const services = nodes.map(({ service, ingress }) => ({
    ...serviceNode(context, { name: service, column: columns.senders, detail: ingress }),
    key: senderKey(service),
  }));
  const rest = more === 0 ? [] : [moreNode(context, event, { count: more, column: columns.senders, what: 'services' })];
  const lines = [...services, ...rest].map(({ key, label }): SketchLine => {
    return { from: key, to: focus.key, kind: 'sends', label: null, title: `${label} sends ${event.name}` };
  });
  return { nodes: [focus, ...services, ...rest], lines };
}

/** A service may stand on both sides of an event. */
function senderKey(service: string): string {
  return `sender ${service}`;
}

function atMost<T>(items: readonly T[], most: number): { readonly nodes: readonly T[]; readonly more: number } {
  const nodes = items.length > most ? items.slice(0, most - 1) : items;
  return { nodes, more: items.length - nodes.length };
}

interface More {
  readonly count: number;
  readonly column: number;
  readonly what: string;
}

/** Stands for what is not drawn; the page of the event lists it all. */
function moreNode(context: SiteContext, event: EventType, { count, column, what }: More): SketchNode {
  const link = context.paths.event(event);
  return { key: `more ${column}`, kind: 'group', label: `${count} more ${what}`, detail: null, link, column };
}

function sketchServices(context: SiteContext, event: EventType, receivers: readonly Receiver[]): Sketch {
  const byService = new Map<string, Receiver[]>();
  for (const receiver of receivers) {
    const group = byService.get(receiver.service) ?? [];
    byService.set(receiver.service, group);
    group.push(receiver);
  }
  const { nodes, more } = atMost(
    sortBy(byService, ([service]) => service),
    mostServices,
  );
  const services = nodes.map(([name, group]) => {
    const detail = group.length === 1 ? (group[0]?.consumer ?? null) : `${group.length} consumers`;
    return { node: serviceNode(context, { name, column: columns.service, detail }), group };
  });
  const rest = more === 0 ? [] : [moreNode(context, event, { count: more, column: columns.service, what: 'services' })];
  const [topic] = receivers.flatMap(({ route }) => (route.kind === 'eventbridge-sns' ? [route.topic] : []));
  const last = keyOf.destination(topic ?? event.destination);
  const lines = [
    ...services.map(
      ({ node, group }) =>
        ({ from: last, to: node.key, kind: 'delivers', ...commonFilter(node, group, event) }) as const,
    ),
    ...rest.map(
      ({ key }) =>
        ({
          from: last,
          to: key,
          kind: 'delivers',
          label: null,
          title: `${more} more services receive ${event.name}`,
        }) as const,
    ),
    ...(topic === undefined ? [] : [throughTopic(context, event, topic)]),
  ];
  const topics = topic === undefined ? [] : [destinationNode(context, topic, columns.topic)];
  return { nodes: [...services.map(({ node }) => node), ...rest, ...topics], lines };
}

function throughTopic(context: SiteContext, event: EventType, topic: string): SketchLine {
  const title = `a rule hands ${event.name} to ${context.paths.destination(topic).text}`;
  return {
    from: keyOf.destination(event.destination),
    to: keyOf.destination(topic),
    kind: 'carries',
    label: null,
    title,
  };
}

/** A filter stands on a line only where it is that of all consumers behind it. */
function commonFilter(
  { label: service }: SketchNode,
  group: readonly Receiver[],
  event: EventType,
): { readonly label: string | null; readonly title: string } {
  const [first] = group;
  if (first !== undefined && group.length === 1) return filterOf(first, event);
  const filters = new Set(group.map(({ filter }) => filter?.whole ?? null));
  const title = `${service} receives ${event.name} in ${group.length} consumers`;
  return { label: filters.size === 1 && first !== undefined ? filterOf(first, event).label : null, title };
}

/** What receivers may send in answer, one step further. */
function sketchAnswers(context: SiteContext, receivers: readonly Receiver[]): Sketch {
  const events = uniqueAddresses(receivers.flatMap(({ emits }) => emits));
  if (events.length > mostAnswers || receivers.length > mostAnswers) return { nodes: [], lines: [] };
  const nodes = events.map((event): SketchNode => {
    return { ...eventNode(context, event, columns.next), key: answerKey(event), isFaint: true };
  });
  const lines = receivers.flatMap(({ service, consumer, emits }) =>
    emits.map((event): SketchLine => {
      const title = `${consumer} may send ${event.name}`;
      return { from: keyOf.service(service), to: answerKey(event), kind: 'sends', label: null, title };
    }),
  );
  return { nodes, lines };
}

function answerKey(event: { readonly name: string; readonly source: string }): string {
  return `answer ${addressKey(event)}`;
}
