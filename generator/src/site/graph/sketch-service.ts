import type { EventType } from '../../model/event-model.ts';
import type { SiteContext } from '../site-context.ts';
import { type Sketch, type SketchLine, type SketchNode, sketch } from './sketch.ts';
import { eventNode, serviceNode } from './sketch-nodes.ts';
import { receivingServices, sendingServices, trafficOf } from './traffic.ts';

/** Events of one side that are drawn; the rest is a number. */
const mostEvents = 40;

/** Lines of one side between events and other services, up to which those are drawn. */
const mostPartnerLines = 50;

/** What is drawn of a service, and what is left out. */
export interface ServiceSketch {
  readonly sketch: Sketch;
  readonly note: string | null;
}

/** Draws a service between what it receives, with who sends that, and what it sends, with who receives that. */
export function sketchService(context: SiteContext, service: string): ServiceSketch {
  const traffic = trafficOf(context);
  const focus: SketchNode = { ...serviceNode(context, { name: service, column: 0 }), isFocus: true };
  const sides = (['receives', 'sends'] as const).map((verb) => {
    const [ours, theirs] = verb === 'sends' ? [traffic.sent, receivingServices] : [traffic.received, sendingServices];
    const events = ours.get(service) ?? [];
    return sketchSide(context, focus, { verb, events, partners: (event) => theirs(traffic, event) });
  });
  const nodes = sides.flatMap((side) => side.nodes);
  const lines = sides.flatMap((side) => side.lines);
  const notes = sides.flatMap((side) => side.note ?? []);
  return { sketch: sketch([focus, ...nodes], lines), note: notes.length === 0 ? null : notes.join(' ') };
}

/** One side of a service. */
interface Side {
  readonly verb: 'receives' | 'sends';
  readonly events: readonly EventType[];
  /** Services at the other end of an event. */
  readonly partners: (event: EventType) => readonly string[];
}

interface SketchedSide {
  readonly nodes: readonly SketchNode[];
  readonly lines: readonly SketchLine[];
  readonly note: string | null;
}

function sketchSide(context: SiteContext, focus: SketchNode, side: Side): SketchedSide {
  const shown = side.events.length > mostEvents ? side.events.slice(0, mostEvents - 1) : side.events;
  const partnerLines = shown.reduce((sum, event) => sum + side.partners(event).length, 0);
  const namesPartners = partnerLines <= mostPartnerLines;
  const events = shown.map((event) => sketchSideEvent(context, focus, { side, event, namesPartners }));
  const more = side.events.length - shown.length;
  const rest = more === 0 ? [] : [sketchRest(focus, side, more)];
  return {
    nodes: [...events, ...rest].flatMap(({ nodes }) => nodes),
    lines: [...events, ...rest].flatMap(({ lines }) => lines),
    note: noteOf(side, { more, namesPartners }),
  };
}

interface SideEvent {
  readonly side: Side;
  readonly event: EventType;
  readonly namesPartners: boolean;
}

/** An event of one side, with the services at its other end, or their number. */
function sketchSideEvent(
  context: SiteContext,
  focus: SketchNode,
  { side, event, namesPartners }: SideEvent,
): Pick<SketchedSide, 'nodes' | 'lines'> {
  const names = side.partners(event);
  const drawn = eventNode(context, event, columnOf(side, 1));
  const node = {
    ...drawn,
    key: `${side.verb} ${drawn.key}`,
    detail: namesPartners ? drawn.detail : countOf(side, names.length),
  };
  const partners = namesPartners
    ? names.map((name) => ({
        ...serviceNode(context, { name, column: columnOf(side, 2) }),
        key: `${side.verb} service ${name}`,
      }))
    : [];
  const lines = partners.map((partner) => lineOf(side, partner, { other: node, event: event.name, isOurs: false }));
  return {
    nodes: [node, ...partners],
    lines: [lineOf(side, focus, { other: node, event: event.name, isOurs: true }), ...lines],
  };
}

interface Joined {
  readonly other: SketchNode;
  readonly event: string;
  /** True between the event and the service that is drawn. */
  readonly isOurs: boolean;
}

function lineOf({ verb }: Side, service: SketchNode, { other, event, isOurs }: Joined): SketchLine {
  const sends = isOurs === (verb === 'sends');
  const [from, to] = sends ? [service.key, other.key] : [other.key, service.key];
  const title = `${service.label} ${sends ? 'sends' : 'receives'} ${event}`;
  return { from, to, kind: sends ? 'sends' : 'delivers', label: null, title };
}

function sketchRest(focus: SketchNode, side: Side, count: number): Pick<SketchedSide, 'nodes' | 'lines'> {
  const label = `${count} more events`;
  const rest: SketchNode = {
    ...focus,
    key: side.verb,
    kind: 'group',
    label,
    column: columnOf(side, 1),
    isFocus: false,
  };
  return { nodes: [rest], lines: [lineOf(side, focus, { other: rest, event: label, isOurs: true })] };
}

/** The service is in the middle; what it sends is on the right. */
function columnOf({ verb }: Side, steps: number): number {
  return verb === 'sends' ? steps : -steps;
}

function countOf({ verb }: Side, count: number): string {
  return `${verb === 'sends' ? 'to' : 'from'} ${count} ${count === 1 ? 'service' : 'services'}`;
}

function noteOf(
  { verb, events }: Side,
  { more, namesPartners }: { readonly more: number; readonly namesPartners: boolean },
): string | null {
  const parts = [
    ...(more === 0 ? [] : [`It ${verb} ${events.length} events, of which ${events.length - more} are drawn.`]),
    ...(namesPartners ? [] : [`Who ${verb === 'sends' ? 'receives' : 'sends'} them is on their pages.`]),
  ];
  return parts.length === 0 ? null : parts.join(' ');
}
