import { limits, type Quotas, type RaisedQuota } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { type FieldShape, integerBetween, readFields } from './fields.ts';

/** Quotas that a spec may say AWS has raised, with what everybody has at first in words. */
export const quotaFields: Readonly<Record<RaisedQuota, FieldShape<number>>> = {
  rulesPerBus: raised('rulesPerBus'),
  busesPerAccount: raised('busesPerAccount'),
  busPolicyCharacters: raised('busPolicyCharacters'),
  filterPoliciesPerTopic: raised('filterPoliciesPerTopic'),
  filterPoliciesPerAccount: raised('filterPoliciesPerAccount'),
  managedPoliciesPerRole: raised('managedPoliciesPerRole'),
  restApiResources: raised('restApiResources'),
};

/** Less is possible too: some Regions start with fewer rules of a bus. */
function raised(quota: RaisedQuota): FieldShape<number> {
  return { ...integerBetween(1), expected: `a whole number; everybody has ${limits[quota].value}` };
}

/** Reads `quotas`; undefined when there are none. */
export function readQuotas(holder: SpecNode, subject: string, problems: Diagnostic[]): Quotas | undefined {
  const node = holder.get('quotas');
  return node === undefined ? undefined : readFields(node, `${subject}.quotas`, quotaFields, problems);
}
