import type { Severity } from '../diagnostic.ts';

/** What the catalogue says about one diagnostic, whatever spec it is reported for. */
export interface CatalogueEntry {
  /** Severity unless the reporter gives another. */
  readonly severity: Severity;
  /** A few words, no full stop. */
  readonly title: string;
  /** One paragraph: why it matters. */
  readonly why: string;
  /** One or two sentences: what to do. Becomes the help of a diagnostic that has none of its own. */
  readonly fix: string;
}
