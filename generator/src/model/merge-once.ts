import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { Placed, ReceiveDeclaration } from './declarations.ts';

/** What one of a consumer's operations says for all of them; null when none does. Two different values are reported. */
export function mergeOnce<T>(
  extension: string,
  operations: readonly ReceiveDeclaration[],
  given: (operation: ReceiveDeclaration) => Placed<T> | null,
  problems: Diagnostic[],
): T | null {
  const [first, ...others] = operations.flatMap((operation) => given(operation) ?? []);
  if (first === undefined) return null;
  for (const other of others) {
    if (JSON.stringify(first.value) === JSON.stringify(other.value)) continue;
    const message = `Two operations of this consumer have different \`${extension}\`.`;
    const related = [{ message: 'the other one', origin: first.origin }];
    problems.push(report('two-values', other.origin, message, 'Keep one: it holds for the whole consumer.', related));
  }
  return first.value;
}
