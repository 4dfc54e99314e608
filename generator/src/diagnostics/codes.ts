import type { CatalogueEntry } from './codes/catalogue-entry.ts';
import { checkCodes } from './codes/check.ts';
import { conformanceCodes } from './codes/conformance.ts';
import { deliveryCodes } from './codes/delivery.ts';
import { documentationCodes } from './codes/documentation.ts';
import { handlingCodes } from './codes/handling.ts';
import { infrastructureCodes } from './codes/infrastructure.ts';
import { ingressCodes } from './codes/ingress.ts';
import { limitCodes } from './codes/limits.ts';
import { loadCodes } from './codes/load.ts';
import { modelCodes } from './codes/model.ts';
import { schemaCodes } from './codes/schema.ts';

/**
 * Every diagnostic there is, by its code. Codes are stable and never reused: scripts and suppressions rely on them.
 */
export const catalogue: typeof loadCodes &
  typeof conformanceCodes &
  typeof modelCodes &
  typeof deliveryCodes &
  typeof handlingCodes &
  typeof ingressCodes &
  typeof infrastructureCodes &
  typeof documentationCodes &
  typeof schemaCodes &
  typeof checkCodes &
  typeof limitCodes = {
  ...loadCodes,
  ...conformanceCodes,
  ...modelCodes,
  ...deliveryCodes,
  ...handlingCodes,
  ...ingressCodes,
  ...infrastructureCodes,
  ...documentationCodes,
  ...schemaCodes,
  ...checkCodes,
  ...limitCodes,
};

/** Stable name of a diagnostic. */
export type DiagnosticCode = keyof typeof catalogue;

/** What the catalogue says about `code`. */
export function describeCode(code: DiagnosticCode): CatalogueEntry {
  return catalogue[code];
}
