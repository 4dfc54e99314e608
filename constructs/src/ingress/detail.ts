import type { HttpIngress, PathParameter } from '@eventloom/engine';
import { variableOf } from './path-checks.ts';
import { asJsonText } from './vtl.ts';

/**
 * Lines that leave in `$detail` the JSON text of the payload: the body, which is an object, with the fields of the path
 * and the id of the request put in front. The body has none of them: its model refuses that.
 */
export function detailLines({ parameters, correlationField }: HttpIngress): readonly string[] {
  const read = `#set($root = $input.path('$'))`;
  if (parameters.length === 0 && correlationField === null) return [read, `#set($detail = $input.json('$'))`];
  return [
    read,
    `#set($q = '"')`,
    `#set($fields = '')`,
    `#set($comma = '')`,
    ...parameters.flatMap(fieldLines),
    ...(correlationField === null ? [] : correlationLines(correlationField)),
    `#set($rest = $input.json('$').trim().substring(1))`,
    '#if($root.isEmpty())',
    `#set($comma = '')`,
    '#end',
    `#set($detail = "{$fields$comma$rest")`,
  ];
}

function fieldLines({ name, type }: PathParameter): readonly string[] {
  const variable = variableOf(name);
  if (type !== 'string') return field(name, `$${variable}`);
  return [`#set($text = ${asJsonText(`$${variable}`)})`, ...field(name, `\${q}$text\${q}`)];
}

function correlationLines(name: string): readonly string[] {
  return [`#if(!$root.containsKey('${name}'))`, ...field(name, `\${q}$context.requestId\${q}`), '#end'];
}

/** Names of fields are plain identifiers. */
function field(name: string, value: string): readonly string[] {
  return [`#set($fields = "$fields$comma\${q}${name}\${q}:${value}")`, `#set($comma = ',')`];
}
