import type { SchemaRow } from '../site-model.ts';
import { type Block, code, type Inline, inlineText, joined, md, table } from './markdown.ts';
import { proseLine } from './prose.ts';
import { commas } from './words.ts';

/** Most characters of a sample value in a cell. */
const mostCharacters = 60;

/** The fields of a schema, one a row in the order of the tree, each by its path. */
export function schemaTable(rows: readonly SchemaRow[]): Block {
  const all = rows.flatMap(withChildren);
  const paths = new Map(all.map(({ anchor, path }) => [anchor, path]));
  const cells = all.map((row) => [fieldCell(row), md`${row.type}`, row.required ? 'yes' : '', notes(row, paths)]);
  return table(['Field', 'Type', 'Required', 'Notes'], cells);
}

function withChildren(row: SchemaRow): readonly SchemaRow[] {
  return [row, ...row.children.flatMap(withChildren)];
}

function fieldCell({ path, name, kind, condition }: SchemaRow): Inline {
  if (kind !== 'alternative') return path === '' ? md`${name}` : code(path);
  return md`${path === '' ? '' : [code(path), ', ']}alternative ${name}${condition === null ? '' : ` ${condition}`}`;
}

function notes(row: SchemaRow, paths: ReadonlyMap<string, string>): Inline {
  const { deprecated, unit, constraints, defaultValue, examples, sameAs, kind, condition } = row;
  const facts = commas([
    ...(deprecated ? [md`deprecated`] : []),
    ...(condition === null || kind === 'alternative' ? [] : [md`${condition}`]),
    ...(unit === null ? [] : [md`in ${unit}`]),
    ...constraints.map((constraint) => md`${constraint}`),
    ...(defaultValue === null ? [] : [md`default ${code(defaultValue)}`]),
    ...examples.slice(0, 3).map((example) => md`such as ${code(shortened(example))}`),
    ...(sameAs === null ? [] : [sameShape(paths.get(sameAs) ?? '')]),
  ]);
  const parts = [facts, proseLine(row.description)].filter((part) => inlineText(part) !== '');
  return joined(parts, '. ');
}

function sameShape(path: string): Inline {
  return path === '' ? md`the same fields as the whole` : md`the same fields as ${code(path)}`;
}

function shortened(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
}
