/** Spells the anchor of `match.html` that has an event chosen already. */
export function matchAnchor({ name, source }: { readonly name: string; readonly source: string }): string {
  return `event=${encodeURIComponent(name)}&source=${encodeURIComponent(source)}`;
}
