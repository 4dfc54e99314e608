import type { SiteContext } from '../site-context.ts';
import { layoutArcs } from './layout-arcs.ts';
import { layoutColumns } from './layout-columns.ts';
import { layoutFlow } from './layout-flow.ts';
import { layoutGrid } from './layout-grid.ts';
import type { Laid } from './placed.ts';
import type { Sketch } from './sketch.ts';
import { sketchEverything, sketchFlow, sketchServices, sketchSides } from './sketch-system.ts';

/** A way to draw the whole system, and how much of it stays readable. */
export interface Strategy {
  readonly sketch: (context: SiteContext) => Sketch;
  readonly layout: (sketch: Sketch) => Laid;
  /** What lies beyond is drawn in a coarser way. */
  readonly fits: Fits;
  /** What is left out, and where it is. */
  readonly note: string | null;
}

/** Nodes and lines are counted before anything is laid out; pixels and bytes of markup are those of the drawing. */
export interface Fits {
  /** Of the system, whether they are drawn or not. */
  readonly events: number;
  readonly nodes: number;
  readonly lines: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** Of the whole system on its page. */
const bytes = 45_000;

const unbounded = Number.POSITIVE_INFINITY;

const byEvents = 'Buses, queues and filters are drawn on the page of each event.';

const byServices = 'The events and their wiring are drawn on the page of each service and each event.';

/** From the finest to the coarsest. */
export const strategies: readonly Strategy[] = [
  {
    sketch: sketchEverything,
    layout: layoutColumns,
    fits: { events: 24, nodes: 90, lines: 110, width: 1700, height: 1600, bytes },
    note: null,
  },
  {
    sketch: sketchFlow,
    layout: layoutFlow,
    fits: { events: 40, nodes: 50, lines: 50, width: 1700, height: 1200, bytes },
    note: byEvents,
  },
  {
    sketch: sketchSides,
    layout: layoutColumns,
    fits: { events: 100, nodes: 130, lines: 200, width: 1700, height: 2600, bytes },
    note: byEvents,
  },
  {
    sketch: (context) => sketchServices(context, 1),
    layout: layoutFlow,
    fits: { events: unbounded, nodes: 30, lines: 40, width: 1700, height: 1200, bytes },
    note: byServices,
  },
  arcs(1),
  arcs(2),
  arcs(3),
  arcs(5),
  {
    sketch: (context) => sketchServices(context, unbounded),
    layout: layoutGrid,
    fits: {
      events: unbounded,
      nodes: unbounded,
      lines: unbounded,
      width: unbounded,
      height: unbounded,
      bytes: unbounded,
    },
    note: 'Who sends what to whom is drawn on the page of each service and each event.',
  },
];

/** Services face to face, with lines of at least so many events. */
function arcs(fewest: number): Strategy {
  return {
    sketch: (context) => sketchServices(context, fewest),
    layout: layoutArcs,
    fits: { events: unbounded, nodes: 44, lines: 180, width: 1700, height: 1600, bytes },
    note: fewest === 1 ? byServices : `Lines of fewer than ${fewest} events are left out. ${byServices}`,
  };
}
