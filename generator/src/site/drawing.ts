import type { SiteLink, Words } from './site-model.ts';

/** A laid-out graph. Units are CSS pixels at natural size; the origin is at the top left. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** What it shows, in a sentence: its accessible name. */
  readonly label: string;
  /** Left to right, top to bottom: the order of the keyboard. */
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** Said below it when it leaves something out; else null. */
  readonly note: Words | null;
}

export interface DrawnNode {
  /** Unique in the drawing; also the node's construct in the legend and for scripts. */
  readonly id: string;
  readonly kind: 'service' | 'event' | 'bus' | 'topic' | 'queue' | 'target' | 'group';
  readonly label: string;
  /** Second line; null without one. */
  readonly detail: string | null;
  readonly link: SiteLink;
  readonly isFocus: boolean;
  /** True for what is one step further away than the rest; absent elsewhere. */
  readonly isFaint?: true;
  /** Its whole name; absent where the label is. */
  readonly title?: string;
  /** Of its box. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  /** `sends`, `carries`, `delivers`. */
  readonly kind: 'sends' | 'carries' | 'delivers';
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Short filter in words, and where it stands; null without one. */
  readonly label: { readonly text: string; readonly x: number; readonly y: number } | null;
  /** The whole of it, for a tooltip and screen readers. */
  readonly title: string;
}
