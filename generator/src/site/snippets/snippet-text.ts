import { isIdentifierName } from '../../emit/print/identifier.ts';
import {
  type ImportedSymbol,
  type ImportStatement,
  type Imports,
  typeFrom,
  valueFrom,
} from '../../emit/print/imports.ts';
import { literal } from '../../emit/print/literal.ts';
import { lineWidth, singleLine } from '../../emit/print/text.ts';
import type { MessageType, ServiceModel } from '../../model/event-model.ts';
import { kebabCase } from '../../model/names.ts';
import { sortBy } from '../../model/order.ts';

/** How snippets are put together: what they import, what stands in comments, where a user would keep them. */

/** Puts imports above blocks of code; an empty line stands between any two, and empty blocks are left out. */
export function snippetCode(imports: Imports, blocks: readonly string[]): string {
  const all = imports.statements();
  const specifiers = [...new Set(all.map(({ specifier }) => specifier))];
  const lines = specifiers.map((specifier) =>
    importLine(
      all.filter((one) => one.specifier === specifier),
      specifier,
    ),
  );
  return `${[lines.join('\n'), ...blocks].filter((block) => block !== '').join('\n\n')}\n`;
}

/** One statement for types and values of a module. */
function importLine(statements: readonly ImportStatement[], specifier: string): string {
  const isTypeOnly = statements.every(({ typeOnly }) => typeOnly);
  const names = statements.flatMap(({ typeOnly, names }) => names.map((name) => ({ ...name, typeOnly })));
  const spelled = sortBy(names, ({ name }) => name).map(({ name, alias, typeOnly }) => {
    const start = typeOnly && !isTypeOnly ? 'type ' : '';
    return `${start}${alias === null ? name : `${name} as ${alias}`}`;
  });
  const [start, end] = [`import ${isTypeOnly ? 'type ' : ''}{`, `} from ${literal(specifier)};`];
  const flat = `${start} ${spelled.join(', ')} ${end}`;
  return flat.length <= lineWidth ? flat : `${start}\n${spelled.map((name) => `  ${name},\n`).join('')}${end}`;
}

/** A line comment of ours, in which words of the spec may stand. Cut where it would be long. */
export function lineComment(text: string): string {
  const line = singleLine(text);
  return `// ${line.length > 160 ? `${line.slice(0, 159).replace(/[\ud800-\udbff]$/, '')}…` : line}`;
}

/** Words of the spec as code within {@link Words}: in backticks, of which they have none themselves. */
export function codeWord(text: string): string {
  return `\`${singleLine(text).replaceAll('`', "'")}\``;
}

/** A member of an object, after a dot where its name allows that. */
export function memberOf(object: string, name: string): string {
  return isIdentifierName(name) ? `${object}.${name}` : `${object}[${literal(name)}]`;
}

/** What the index of a service exports. */
export function fromService(service: ServiceModel): {
  readonly type: (name: string) => ImportedSymbol;
  readonly value: (name: string) => ImportedSymbol;
} {
  const index = `/generated/services/${service.folder}/index.ts`;
  return { type: (name) => typeFrom(index, name), value: (name) => valueFrom(index, name) };
}

/** The type of a payload. */
export function payloadTypeOf(message: MessageType): ImportedSymbol {
  return typeFrom('/generated/index.ts', message.typeName);
}

/** The record of all handlers, whose members are their types. */
export const handlersType: ImportedSymbol = typeFrom('/generated/index.ts', 'Handlers');

/** Where a user would keep code that is no handler. */
export function userFile(service: ServiceModel, purpose: string, name: string): string {
  return `services/${service.folder}/${purpose}-${kebabCase(name).slice(0, 60)}.ts`;
}
