import { type JsonObject, own, ownList } from '../../model/schema/json.ts';
import type { Markdown, SchemaRow } from '../site-model.ts';
import { jsonText, plainMarkdown } from './texts.ts';

/** What parts of a schema tell a reader beside type and constraints. */
export function rowTexts(
  parts: readonly JsonObject[],
  name: string,
): Pick<SchemaRow, 'deprecated' | 'description' | 'defaultValue' | 'unit' | 'examples'> {
  const deprecations = parts.map((part) => own(part, 'deprecated')).filter((value) => value === true || isText(value));
  const byDefault = parts.find((part) => Object.hasOwn(part, 'default'));
  const examples = parts.flatMap((part) => ownList(part, 'examples')).map((example) => JSON.stringify(example));
  return {
    deprecated: deprecations.length > 0,
    description: descriptionOf(parts, name, deprecations.find(isText) ?? null),
    defaultValue: byDefault === undefined ? null : jsonText(own(byDefault, 'default')),
    unit: firstText(parts, 'x-unit') ?? firstText(parts, 'unit'),
    examples: [...new Set(examples)].filter((text) => text.length <= longestExample).slice(0, mostExamples),
  };
}

const longestExample = 200;
const mostExamples = 5;

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function firstText(parts: readonly JsonObject[], keyword: string): string | null {
  return (
    parts
      .map((part) => own(part, keyword))
      .find(isText)
      ?.trim() ?? null
  );
}

/** Title and description as paragraphs; a title that only repeats the name, or begins the description, is left out. */
function descriptionOf(parts: readonly JsonObject[], name: string, deprecation: string | null): Markdown | null {
  const title = firstText(parts, 'title');
  const description = firstText(parts, 'description');
  const tells = title !== null && plainWords(title) !== plainWords(name);
  const repeats = title !== null && description?.toLowerCase().startsWith(title.toLowerCase()) === true;
  const paragraphs = [
    ...(title !== null && tells && !repeats ? [plainMarkdown(title)] : []),
    ...(description === null ? [] : [description]),
    ...(deprecation === null ? [] : [`Deprecated: ${deprecation}`]),
  ];
  return paragraphs.length === 0 ? null : paragraphs.join('\n\n');
}

/** A name or title without case, spaces and marks. */
function plainWords(text: string): string {
  return text.toLowerCase().replace(/[\s_-]+/g, '');
}
