import type { EventReference } from '../../model/event-model.ts';
import type { SiteContext } from '../site-context.ts';
import { type Sketch, type SketchLine, type SketchNode, sketch } from './sketch.ts';
import { destinationNode, keyOf, receiverNode, serviceNode } from './sketch-nodes.ts';
import { cutEnd } from './text-width.ts';
import type { Receiver } from './traffic.ts';

/** Columns of what events pass, from the left. */
export const columns = { senders: 0, event: 1, destination: 2, topic: 3, receiver: 4, service: 5, next: 6 } as const;

/** Characters of a filter on a line at most. */
const longestFilter = 28;

/** An event on its way to one receiver. */
export interface Delivered {
  /** With the key of the destination that producers send it to. */
  readonly event: EventReference & { readonly destination: string };
  readonly receiver: Receiver;
}

/** Draws the way of an event from its destination to a receiver: a topic behind a bus, its queue or target, its service. */
export function sketchRoute(context: SiteContext, { event, receiver }: Delivered): Sketch {
  const { nodes, last, lines } = entrance(context, event, receiver);
  const service = serviceNode(context, { name: receiver.service, column: columns.service });
  const delivers = { kind: 'delivers', ...filterOf(receiver, event) } as const;
  if (receiver.route.kind === 'sqs') {
    return { nodes: [...nodes, service], lines: [...lines, { ...delivers, from: last, to: service.key }] };
  }
  const target = receiverNode(context, event, { receiver, column: columns.receiver });
  const handled: SketchLine = {
    ...delivers,
    from: target.key,
    to: service.key,
    label: null,
    title: `${receiver.service} handles ${receiver.consumer}`,
  };
  return {
    nodes: [...nodes, target, service],
    lines: [...lines, { ...delivers, from: last, to: target.key }, handled],
  };
}

/** What stands on the line to a receiver. */
export function filterOf(
  { consumer, filter }: Receiver,
  { name }: EventReference,
): { readonly label: string | null; readonly title: string } {
  return filter === null
    ? { label: null, title: `${consumer} receives every ${name}` }
    : { label: cutEnd(filter.short, longestFilter), title: `${consumer} receives ${name} where ${filter.whole}` };
}

interface Entrance {
  readonly nodes: readonly SketchNode[];
  readonly lines: readonly SketchLine[];
  /** Key of the node that the receiver is joined to. */
  readonly last: string;
}

function entrance(context: SiteContext, event: Delivered['event'], { route }: Receiver): Entrance {
  const first = destinationNode(context, event.destination, columns.destination);
  if (route.kind !== 'eventbridge-sns') return { nodes: [first], lines: [], last: first.key };
  const topic = destinationNode(context, route.topic, columns.topic);
  const title = `a rule of ${first.label} hands ${event.name} to ${topic.label}`;
  const line: SketchLine = { from: first.key, to: topic.key, kind: 'carries', label: null, title };
  return { nodes: [first, topic], lines: [line], last: topic.key };
}

/** Draws that an event is sent to its destination. */
export function sketchPublishing(context: SiteContext, event: Delivered['event']): Sketch {
  const destination = destinationNode(context, event.destination, columns.destination);
  const title = `${event.name} goes to ${destination.label}`;
  const line: SketchLine = { from: keyOf.event(event), to: destination.key, kind: 'carries', label: null, title };
  return { nodes: [destination], lines: [line] };
}

/** Joins sketches; what they share is drawn once. */
export function joinSketches(sketches: readonly Sketch[]): Sketch {
  return sketch(
    sketches.flatMap(({ nodes }) => nodes),
    sketches.flatMap(({ lines }) => lines),
  );
}
