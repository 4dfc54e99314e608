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

/** `nodes` and `lines` are counted before anything is laid out; pixels and bytes of markup are those of the drawing. */
export interface Fits {
  readonly nodes: number;
  readonly lines: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

const bytes = 45_000;

const unbounded = Number.POSITIVE_INFINITY;

const byEvents = 'Buses, queues and filters are drawn on the page of each event.';

const byServices = 'The events and their wiring are drawn on the page of each service and each event.';

/** From the finest to the coarsest. */
export const strategies: readonly Strategy[] = [
  {
    sketch: sketchEverything,
    layout: layoutColumns,
    fits: { nodes: 90, lines: 110, width: 1700, height: 1600, bytes },
    note: null,
  },
  {
    sketch: sketchFlow,
    layout: layoutFlow,
    fits: { nodes: 50, lines: 50, width: 1700, height: 1200, bytes },
    note: byEvents,
  },
  {
    sketch: sketchSides,
    layout: layoutColumns,
    fits: { nodes: 130, lines: 200, width: 1700, height: 2600, bytes },
    note: byEvents,
  },
  {
    sketch: sketchServices,
    layout: layoutFlow,
    fits: { nodes: 30, lines: 40, width: 1700, height: 1200, bytes },
    note: byServices,
  },
  {
    sketch: sketchServices,
    layout: layoutArcs,
    fits: { nodes: 44, lines: 320, width: 1700, height: 1600, bytes },
    note: byServices,
  },
  {
    sketch: sketchServices,
    layout: layoutGrid,
    fits: { nodes: unbounded, lines: unbounded, width: unbounded, height: unbounded, bytes: unbounded },
    note: 'Who sends what to whom is drawn on the page of each service and each event.',
  },
];
