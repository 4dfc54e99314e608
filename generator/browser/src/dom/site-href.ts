/** Returns the way from this page to the site's folder: empty or ending in `/`. */
export function siteRoot(): string {
  return document.documentElement.dataset.root ?? '';
}

/** Spells the address of a place on the site, as seen from a page that is `root` away from the site's folder. */
export function siteHref(root: string, path: string, anchor: string | null = null): string {
  const fragment = anchor === null || anchor === '' ? '' : `#${encodeURIComponent(anchor)}`;
  return `${root}${path.split('/').map(encodeURIComponent).join('/')}${fragment}`;
}
