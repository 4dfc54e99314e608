import { header } from './header.ts';
import type { ImportStatement } from './imports.ts';

/**
 * Prints the declarations of a JavaScript file. They are a few lines of one form with names that the model has made
 * identifiers, one file for each event: not worth a compiler's time.
 */
export function declarationFile(
  specFile: string,
  imports: readonly ImportStatement[],
  declarations: readonly string[],
): string {
  return [header(specFile) + imports.map(importLine).join('\n'), ...declarations].join('\n\n').concat('\n');
}

function importLine({ specifier, typeOnly, names }: ImportStatement): string {
  const spelled = names.map(({ name, alias }) => (alias === null ? name : `${name} as ${alias}`));
  return `import ${typeOnly ? 'type ' : ''}{ ${spelled.join(', ')} } from '${specifier}';`;
}
