/** One file of the output. */
export interface GeneratedFile {
  /** Path below the output folder, with `/`. */
  readonly path: string;
  readonly content: string;
  /** What the file belongs to, for the manifest: `event:<fileName>`, `consumer:<key>`, `service:<name>` or `system`. */
  readonly owner: string;
}
