import { addressKey, sortBy } from '../../model/order.ts';
import type { SiteContext } from '../site-context.ts';
import { type Sketch, type SketchLine, type SketchNode, sketch } from './sketch.ts';
import { eventNode, keyOf, serviceNode } from './sketch-nodes.ts';
import { columns, filterOf, joinSketches, sketchPublishing, sketchRoute } from './sketch-route.ts';
import { receivingServices, sendingServices, trafficOf } from './traffic.ts';

/** Everything: services, events, destinations, queues and targets. Who only sends is on the left. */
export function sketchEverything(context: SiteContext): Sketch {
  const { events, senders, receivers } = trafficOf(context);
  const receiving = new Set([...receivers.values()].flat().map(({ service }) => service));
  const columnOf = (service: string): number => (receiving.has(service) ? columns.service : columns.senders);
  const routes = events.flatMap((event): readonly Sketch[] => {
    const node = eventNode(context, event, columns.event);
    const sent = (senders.get(addressKey(event)) ?? []).map(({ service, ingress }) => {
      const from = serviceNode(context, { name: service, column: columnOf(service), detail: ingress });
      return { nodes: [from], lines: [sendsLine(from, node)] };
    });
    const received = (receivers.get(addressKey(event)) ?? []).map((receiver) =>
      sketchRoute(context, { event, receiver }),
    );
    return [{ nodes: [node], lines: [] }, ...sent, sketchPublishing(context, event), ...received];
  });
  return joinSketches(routes);
}

/** Services and events; one line for each event that a service sends or receives. */
export function sketchFlow(context: SiteContext): Sketch {
  const { events, receivers } = trafficOf(context);
  const traffic = trafficOf(context);
  const nodes = events.map((event) => eventNode(context, event, 0));
  const lines = events.flatMap((event, index): readonly SketchLine[] => {
    const node = nodes[index];
    if (node === undefined) return [];
    const sent = sendingServices(traffic, event).map((name) =>
      sendsLine(serviceNode(context, { name, column: 0 }), node),
    );
    const received = (receivers.get(addressKey(event)) ?? []).map((receiver): SketchLine => {
      const { title } = filterOf(receiver, event);
      return { from: node.key, to: keyOf.service(receiver.service), kind: 'delivers', label: null, title };
    });
    return [...sent, ...received];
  });
  return sketch([...nodes, ...allServices(context)], lines);
}

/** Events between the services that send and that receive them; a service may stand on both sides. */
export function sketchSides(context: SiteContext): Sketch {
  const traffic = trafficOf(context);
  const sides = traffic.events.map((event) => {
    const node = eventNode(context, event, 1);
    const senders = sendingServices(traffic, event).map((name) => {
      return { ...serviceNode(context, { name, column: 0 }), key: `sender ${name}` };
    });
    const receivers = receivingServices(traffic, event).map((name) => serviceNode(context, { name, column: 2 }));
    const lines = [
      ...senders.map((sender) => sendsLine(sender, node)),
      ...receivers.map((receiver): SketchLine => {
        const title = `${receiver.label} receives ${event.name}`;
        return { from: node.key, to: receiver.key, kind: 'delivers', label: null, title };
      }),
    ];
    return { nodes: [node, ...senders, ...receivers], lines };
  });
  return joinSketches(sides);
}

/** Services alone; one line for all the events from one to another, unless these are fewer than asked for. */
export function sketchServices(context: SiteContext, fewest: number): Sketch {
  const lines = sortBy(ties(context), ([key]) => key).flatMap(([, { from, to, names }]): readonly SketchLine[] => {
    const title = `${from} to ${to}: ${listOf(names)}`;
    const line = { from: keyOf.service(from), to: keyOf.service(to), kind: 'delivers', label: null, title } as const;
    return names.length < fewest ? [] : [line];
  });
  return sketch(allServices(context, true), lines);
}

/** Events from one service to another. */
interface ServiceTie {
  readonly from: string;
  readonly to: string;
  readonly names: string[];
}

function ties(context: SiteContext): ReadonlyMap<string, ServiceTie> {
  const traffic = trafficOf(context);
  const found = new Map<string, ServiceTie>();
  for (const event of traffic.events) {
    for (const from of sendingServices(traffic, event)) {
      for (const to of receivingServices(traffic, event)) {
        if (from === to) continue;
        const key = JSON.stringify([from, to]);
        const known = found.get(key) ?? { from, to, names: [] };
        found.set(key, known);
        known.names.push(event.name);
      }
    }
  }
  return found;
}

/** Names in a title at most. */
const mostNames = 2;

function listOf(names: readonly string[]): string {
  return names.length > mostNames ? `${names.length} events` : names.join(', ');
}

function allServices(context: SiteContext, counts = false): readonly SketchNode[] {
  const traffic = trafficOf(context);
  const sent = tally(traffic.events.flatMap((event) => sendingServices(traffic, event)));
  const received = tally(traffic.events.flatMap((event) => receivingServices(traffic, event)));
  return context.topology.services.map(({ name }) => {
    const detail = counts ? `sends ${sent.get(name) ?? 0}, receives ${received.get(name) ?? 0}` : null;
    return serviceNode(context, { name, column: 0, detail });
  });
}

function tally(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function sendsLine(from: SketchNode, to: SketchNode): SketchLine {
  return { from: from.key, to: to.key, kind: 'sends', label: null, title: `${from.label} sends ${to.label}` };
}
