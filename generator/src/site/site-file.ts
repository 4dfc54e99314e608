/** One file of the site. */
export interface SiteFile {
  /** Path below the site's folder, with `/`. */
  readonly path: string;
  readonly content: string | Uint8Array;
}
