import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import { extensionPlaces } from '../generator/src/model/read/extension-keys.ts';
import { type Field, fieldsOf, type Schema, type Schemas } from './schema-fields.ts';

const folder = new URL('../schemas/extensions/', import.meta.url);

/** The JSON Schemas of the extensions by `$id`. */
export const extensionSchemas: Schemas = new Map(
  readdirSync(folder)
    .sort()
    .map((file): [string, Schema] => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]),
);

const intro = `# Extensions

<!-- Written by docs/make-extensions.ts from schemas/extensions. -->

Every extension of the spec: where it stands, its fields, and what they mean when they are left out. Fields carry their unit
in the name: \`…Seconds\`, \`…Days\`, \`…Mb\`. [The spec](spec.md) tells how they work together. Editors complete them with
[\`eventloom.schema.json\`](../schemas/extensions/eventloom.schema.json).
`;

/** The text of \`docs/extensions.md\`: a section for each extension, by name. */
export function extensionsPage(): string {
  const names = Object.keys(extensionPlaces).sort();
  const contents = names.map((name) => `- [\`${name}\`](#${name}): ${firstSentence(schemaOf(name))}`);
  return `${[intro, `${contents.join('\n')}\n`, ...names.map(section)].join('\n')}`;
}

function schemaOf(name: string): Schema {
  const schema = extensionSchemas.get(`${name}.schema.json`);
  if (schema === undefined) throw new Error(`There is no schema of ${name}.`);
  return schema;
}

/** What it is, without where it stands. */
function firstSentence({ description = '' }: Schema): string {
  const [, text = description] = /^(?:On|At) [^:]*: (.*)$/s.exec(description) ?? [];
  const [sentence = text] = /^.*?\.(?= [A-Z`]|$)/s.exec(text) ?? [];
  return sentence;
}

function section(name: string): string {
  const schema = schemaOf(name);
  const { whole, fields } = fieldsOf(schema, extensionSchemas);
  const byDefault = whole.default === undefined ? '' : `; default ${whole.default}`;
  const value = fields.length === 0 || whole.type !== 'object' ? `*Value:* ${valueText(whole)}${byDefault}.\n` : '';
  return [
    `## ${name}\n`,
    `${schema.description ?? ''}\n`,
    `*Stands on:* ${(extensionPlaces[name] ?? []).map((place) => placeWords[place] ?? place).join(', ')}.\n`,
    ...(value === '' ? [] : [value]),
    ...(fields.length === 0 ? [] : [table(fields)]),
    ...(schema.examples ?? []).map((example) => `\`\`\`yaml\n${stringify({ [name]: example })}\`\`\`\n`),
  ].join('\n');
}

const placeWords: Readonly<Record<string, string>> = {
  document: 'the root of the document',
  server: 'a server',
  channel: 'a channel',
  'send operation': 'a `send` operation',
  'receive operation': 'a `receive` operation',
  'operation trait': 'an operation trait',
  message: 'a message',
  'message trait': 'a message trait',
};

function table(fields: readonly Field[]): string {
  const rows = fields.map((field) => [
    `\`${field.path}\`${field.isRequired ? ', required' : ''}`,
    valueText(field),
    field.default ?? '',
    field.description,
  ]);
  const lines = [['field', 'value', 'default', 'meaning'], ['---', '---', '---', '---'], ...rows];
  return `${lines.map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')}\n`;
}

function valueText({ type, range }: Pick<Field, 'type' | 'range'>): string {
  return range === '' ? type : `${type}, ${range}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(new URL('./extensions.md', import.meta.url), extensionsPage());
}
