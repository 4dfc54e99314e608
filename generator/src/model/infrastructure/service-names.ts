import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { OperationDeclaration } from '../declarations.ts';
import type { InfrastructureDeclaration } from '../read/infrastructure.ts';
import { didYouMeanOrList, quote } from '../wording.ts';

/** Reports each service that `x-infrastructure` names and no operation belongs to. */
export function checkServiceNames(
  { services }: InfrastructureDeclaration,
  operations: readonly Pick<OperationDeclaration, 'service'>[],
  problems: Diagnostic[],
): void {
  const known = [...new Set(operations.map(({ service }) => service))].sort();
  for (const { value, origin } of services) {
    if (known.includes(value)) continue;
    const message = `\`x-infrastructure\` has settings for the service ${quote(value)}, which no operation belongs to.`;
    problems.push(report('unknown-service', origin, message, didYouMeanOrList(value, known, 'Services')));
  }
}
