import { sortBy } from '../../model/order.ts';
import type { DrawnEdge, DrawnNode } from '../site-model.ts';
import { cutMiddle, textWidth } from './text-width.ts';

/** A drawing before it is laid out. */
export interface Sketch {
  readonly nodes: readonly SketchNode[];
  readonly lines: readonly SketchLine[];
}

/** A node without its place. */
export interface SketchNode extends Pick<DrawnNode, 'kind' | 'label' | 'detail' | 'link'> {
  /** Unique in the sketch. */
  readonly key: string;
  /** From the left, where the layout goes by columns. Columns without nodes take no room. */
  readonly column: number;
  readonly isFocus?: boolean;
  /** True for what is one step further away. */
  readonly isFaint?: true;
}

/** A line between the keys of two nodes. */
export interface SketchLine extends Pick<DrawnEdge, 'kind' | 'title'> {
  readonly from: string;
  readonly to: string;
  /** Null without one. */
  readonly label: string | null;
}

/** Characters of a node's lines at most. */
export const longestLabel = 28;

/** Pixels of letters and boxes. They go with the styles of drawings. */
export const sizes = {
  labelFont: 13,
  detailFont: 11,
  edgeFont: 11,
  /** Left of the text, with the glyph. */
  textStart: 32,
  textEnd: 12,
  lowHeight: 34,
  highHeight: 46,
  narrowest: 84,
  margin: 16,
} as const;

/** Cuts what would be too long to draw, and says how large the box of the node is. */
export function boxOf(node: Pick<SketchNode, 'label' | 'detail'>): {
  readonly label: string;
  readonly detail: string | null;
  readonly width: number;
  readonly height: number;
} {
  const label = cutMiddle(node.label, longestLabel);
  const detail = node.detail === null ? null : cutMiddle(node.detail, longestLabel + 6);
  const text = Math.max(textWidth(label, sizes.labelFont), textWidth(detail ?? '', sizes.detailFont));
  return {
    label,
    detail,
    width: Math.max(sizes.narrowest, sizes.textStart + text + sizes.textEnd),
    height: detail === null ? sizes.lowHeight : sizes.highHeight,
  };
}

/** Room that the label of a line takes, with its background; 0 without one. */
export function labelWidth(label: string | null): number {
  return label === null ? 0 : textWidth(label, sizes.edgeFont) + 12;
}

/** Returns each node and each line between the same two once, sorted, so that no order of the spec can be seen. */
export function sketch(nodes: Iterable<SketchNode>, lines: Iterable<SketchLine>): Sketch {
  const byKey = new Map([...nodes].map((node) => [node.key, node]));
  const byEnds = new Map<string, SketchLine>();
  for (const line of lines) {
    const ends = JSON.stringify([line.from, line.to]);
    const known = byEnds.get(ends);
    byEnds.set(ends, known === undefined ? line : joined(known, line));
  }
  return {
    nodes: sortBy(byKey.values(), ({ key }) => key),
    lines: sortBy(byEnds.entries(), ([ends]) => ends).map(([, line]) => line),
  };
}

function joined(one: SketchLine, other: SketchLine): SketchLine {
  const label = one.label === other.label ? one.label : null;
  return { ...one, label, title: one.title === other.title ? one.title : `${one.title}; ${other.title}` };
}
