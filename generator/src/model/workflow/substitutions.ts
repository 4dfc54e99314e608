import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { didYouMean, listOf, quote } from '../wording.ts';
import { children } from './states.ts';

/**
 * Reports placeholders of a definition that nothing is put in the place of.
 * @param variables the environment variables of the destinations that the workflow publishes to
 */
export function checkSubstitutions(node: SpecNode, variables: readonly string[], problems: Diagnostic[]): void {
  if (typeof node.value === 'string') {
    for (const name of placeholders(node.value)) {
      if (!variables.includes(name)) problems.push(unknown(name, node, variables));
    }
  }
  for (const [key, child] of children(node)) {
    for (const name of placeholders(key)) problems.push(inKey(name, node.keyOrigin(key)));
    checkSubstitutions(child, variables, problems);
  }
}

/** In JSONata `${` also groups; what stands there is an object and no name. */
function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\$\{\s*([\w.:-]+)\s*\}/g)].flatMap(([, name]) => name ?? []);
}

function unknown(name: string, { origin }: SpecNode, variables: readonly string[]): Diagnostic {
  const message = `\`\${${name}}\` stands for nothing: a definition can name the destinations of its \`x-emits\`.`;
  const help =
    variables.length === 0
      ? 'Name what the workflow publishes in `x-emits`; each destination is then known by its environment variable.'
      : didYouMean(name, variables) || `There are ${listOf(variables.map((variable) => `\${${variable}}`))}.`;
  return report('workflow-substitution', origin, message, help);
}

function inKey(name: string, origin: Diagnostic['origin']): Diagnostic {
  return report(
    'workflow-substitution',
    origin,
    `${quote(`\${${name}}`)} stands in a key; only values are replaced.`,
    '',
  );
}
