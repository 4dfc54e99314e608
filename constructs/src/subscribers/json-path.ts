import { ConstructError } from '../construct-error.ts';

/** Returns the parts of a JSON pointer. */
export function pointerParts(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * Returns the JSON path of a part of the payload, as EventBridge reads it in an event: `$.detail.order.id`.
 *
 * @throws ConstructError `impossible-path` for a name with other characters than EventBridge takes
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html).
 */
export function detailPath(pointer: string): string {
  return pointerParts(pointer).reduce((path, part) => `${path}${step(pointer, part)}`, '$.detail');
}

function step(pointer: string, part: string): string {
  if (/^(0|[1-9]\d*)$/.test(part)) return `[${part}]`;
  if (/^[\w-]+$/.test(part)) return `.${part}`;
  throw new ConstructError(
    'impossible-path',
    `EventBridge cannot follow '${pointer}': names on the way may have letters, digits, '_' and '-' only.`,
  );
}
