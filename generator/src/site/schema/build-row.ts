import type { SchemaRow } from '../site-model.ts';
import { anchorOf, type Trail } from './anchors.ts';
import { childPlaces } from './child-places.ts';
import { constraintWords } from './constraint-words.ts';
import { rowTexts } from './row-texts.ts';
import { typeWords } from './type-words.ts';
import { type Book, type View, viewOf } from './view.ts';

/** Where a row stands, and the schemas that hold there. */
export interface Place extends Pick<SchemaRow, 'path' | 'name' | 'kind' | 'required' | 'condition'> {
  readonly trail: Trail;
  readonly schemas: readonly unknown[];
  /** Left out when it tells no more than the type of its parent does; alternatives are, when none of them does. */
  readonly isIdle?: boolean;
}

/** What was shown already, to refer to. */
export interface Shown {
  readonly book: Book;
  /** Anchors of the rows around the current one, by the key of their view. */
  readonly open: Map<string, string>;
  /** Finished rows that have children, by the key of their view. */
  readonly finished: Map<string, { readonly anchor: string; readonly rows: number }>;
  /** Rows so far. */
  rows: number;
  /** Rows around the current one. */
  depth: number;
}

/** A shape of at most this many rows is shown again where it comes again. */
const fewRows = 8;
const mostRows = 4000;
const deepest = 40;

/** Builds the row of a place and all below it; a shape that comes again is referred to. */
export function buildRow(place: Place, shown: Shown): SchemaRow {
  const { path, name, kind, required, condition, trail } = place;
  const view = viewOf(place.schemas, shown.book);
  const before = shown.rows++;
  const anchor = anchorOf(trail);
  const sameAs = knownAnchor(view, shown);
  const isCut = sameAs === null && (shown.rows > mostRows || shown.depth > deepest);
  const children = sameAs === null && !isCut ? buildChildren(place, view, anchor, shown) : [];
  if (children.length > 0 && !shown.finished.has(view.key)) {
    shown.finished.set(view.key, { anchor, rows: shown.rows - before });
  }
  const constraints = constraintWords(view.parts, shown.book);
  return {
    anchor,
    path,
    name,
    kind,
    type: typeWords(view, shown.book),
    required,
    ...rowTexts(view.parts, name),
    constraints:
      isCut && childPlaces(place, view, shown.book).length > 0 ? [...constraints, 'more below'] : constraints,
    condition,
    sameAs,
    children,
  };
}

function knownAnchor({ key }: View, { open, finished }: Shown): string | null {
  if (key === '') return null;
  const around = open.get(key);
  if (around !== undefined) return around;
  const earlier = finished.get(key);
  return earlier !== undefined && earlier.rows > fewRows ? earlier.anchor : null;
}

function buildChildren(place: Place, view: View, anchor: string, shown: Shown): readonly SchemaRow[] {
  shown.open.set(view.key, anchor);
  shown.depth += 1;
  const built = childPlaces(place, view, shown.book).map((child) => ({ child, row: buildRow(child, shown) }));
  shown.depth -= 1;
  shown.open.delete(view.key);
  const choiceTells = built.some(({ child, row }) => child.isIdle && row.kind === 'alternative' && tells(row));
  const isShown = (row: SchemaRow): boolean => tells(row) || (row.kind === 'alternative' && choiceTells);
  return built.filter(({ child, row }) => !child.isIdle || isShown(row)).map(({ row }) => row);
}

/** Tells whether a row says more than its type. */
function tells(row: SchemaRow): boolean {
  const { description, constraints, defaultValue, unit, examples, sameAs, children, deprecated } = row;
  const texts = [description, defaultValue, unit, sameAs].some((text) => text !== null);
  return texts || deprecated || constraints.length + examples.length + children.length > 0;
}
