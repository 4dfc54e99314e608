import { byCodeUnit } from '../../model/order.ts';
import type { GlossaryField, SchemaRow, SiteLink } from '../site-model.ts';
import { encodeName } from '../site-paths.ts';

type Use = GlossaryField['uses'][number];

/** A field before it is put on a page. */
export type GatheredField = Omit<GlossaryField, 'path'>;

/**
 * Gathers the fields of all events by name, sorted without regard to case, then by code unit. Elements, other keys and
 * alternatives are no fields; a field that an alternative describes again is the same one.
 */
export function glossaryOf(
  events: readonly { readonly event: SiteLink; readonly schema: SchemaRow }[],
): readonly GatheredField[] {
  const uses = new Map<string, Use[]>();
  for (const { event, schema } of events) {
    for (const row of fieldsBelow(schema)) {
      const known = uses.get(row.name) ?? [];
      if (known.length === 0) uses.set(row.name, known);
      known.push(useOf(row, event));
    }
  }
  return [...uses].map(([name, found]) => entry(name, found)).sort(byName);
}

/** The fields below a row, one for each path. Those beside an alternative count before those in it. */
function fieldsBelow(schema: SchemaRow): Iterable<SchemaRow> {
  const found = new Map<string, SchemaRow>();
  const visit = (row: SchemaRow): void => {
    const fields = row.children.filter(({ kind }) => kind === 'field');
    for (const field of fields) if (!found.has(field.path)) found.set(field.path, field);
    row.children.forEach(visit);
  };
  visit(schema);
  return found.values();
}

function useOf({ path, anchor, type, unit, description }: SchemaRow, event: SiteLink): Use {
  return { event, field: { text: path, path: event.path, anchor }, type, unit, description };
}

function entry(name: string, uses: readonly Use[]): GatheredField {
  const kinds = new Set(uses.map(({ type, unit }) => JSON.stringify([type, unit])));
  return { anchor: `field-${encodeName(name)}`, name, uses, differs: kinds.size > 1 };
}

function byName(left: GatheredField, right: GatheredField): number {
  return byCodeUnit(left.name.toLowerCase(), right.name.toLowerCase()) || byCodeUnit(left.name, right.name);
}
