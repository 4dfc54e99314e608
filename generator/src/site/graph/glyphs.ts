import type { DrawnNode } from '../site-model.ts';

/** Paths of 14 by 14 pixels, drawn as lines: they tell kinds apart where colours do not. */
export const glyphs: Readonly<Record<DrawnNode['kind'], string>> = {
  service: 'M7 1l5.2 3v6L7 13l-5.2-3V4zM1.8 4L7 7l5.2-3M7 7v6',
  event: 'M8 1L3 8h3.5L6 13l5-7H7.5z',
  bus: 'M0 7h14M3 7V2.5M7 7V2.5M11 7v4.5',
  topic: 'M1.5 7h3M4.5 7l6-4.5M4.5 7h7.5M4.5 7l6 4.5M10.5 2.5h2M10.5 11.5h2',
  queue: 'M1 3h12v8H1zM5 3v8M9 3v8',
  target: 'M7 1a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM7 4.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z',
  group: 'M2 7h.5M6.75 7h.5M11.5 7h.5',
};

/** Radius of the corners of a node's box, in pixels: events are round, what AWS holds is square. */
export function cornersOf({ kind, height }: Pick<DrawnNode, 'kind' | 'height'>): number {
  if (kind === 'event') return height / 2;
  return kind === 'service' ? 9 : 3;
}

/** What a kind of node is called. */
export const kindWords: Readonly<Record<DrawnNode['kind'], string>> = {
  service: 'service',
  event: 'event',
  bus: 'bus',
  topic: 'topic',
  queue: 'queue',
  target: 'target',
  group: 'more',
};
