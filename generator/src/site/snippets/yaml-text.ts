import { escapeUnprintable } from '../../emit/print/text.ts';

/** YAML that a reader pastes into a spec: data in block style, with small parts on one line. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMap;

/** A mapping, in the order given. */
export interface YamlMap {
  readonly [key: string]: YamlValue;
}

/** Spells a mapping one entry a line; what an entry holds stands on its line, but for mappings among `blocks`. */
export function yamlText(map: YamlMap, blocks: readonly string[], indent = ''): string {
  return Object.entries(map)
    .map(([key, value]) => {
      const start = `${indent}${scalar(key)}:`;
      if (blocks.includes(key) && isMap(value)) return `${start}\n${yamlText(value, blocks, `${indent}  `)}`;
      return `${start} ${onOneLine(value)}\n`;
    })
    .join('');
}

function onOneLine(value: YamlValue): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (!isMap(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${scalar(key)}: ${onOneLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Bare where YAML cannot take the text for anything else, else in quotes. */
function scalar(text: string): string {
  if (/^(\$ref|[A-Za-z][\w-]*)$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(text)) return text;
  const escaped = escapeUnprintable(JSON.stringify(text));
  return escaped.includes('\\') ? escaped : `'${text.replaceAll("'", "''")}'`;
}

function isMap(value: YamlValue): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
