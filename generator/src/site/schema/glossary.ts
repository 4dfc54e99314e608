import type { GlossaryField, SchemaRow, SiteLink } from '../site-model.ts';

/** Gathers the fields of all events by name, sorted. */
export function glossaryOf(
  _events: readonly { readonly event: SiteLink; readonly schema: SchemaRow }[],
): readonly Omit<GlossaryField, 'path'>[] {
  return [];
}
