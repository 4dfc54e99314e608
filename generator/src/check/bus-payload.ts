import { report } from '../diagnostics/report.ts';
import type { JsonSchema } from '../model/event-model.ts';
import { isSchemaObject, list, resolveSchema } from '../model/payload-facts.ts';
import { quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';

/** Reports payloads on a bus that are never an object: EventBridge's `detail` is one. */
export const busPayload: Rule = ({ catalog }) => {
  const onBus = new Set(
    catalog.events.filter(({ destination }) => destination.startsWith('bus:')).map(({ message }) => message),
  );
  return catalog.messages
    .filter(({ typeName, payload }) => onBus.has(typeName) && !canBeObject(payload, payload, 0))
    .map(({ name, origin }) => {
      const message = `The payload of ${quote(name)} is never an object, and EventBridge takes nothing else as \`detail\`.`;
      return report('payload-not-object', origin, message);
    });
};

const maximumDepth = 50;

function canBeObject(root: JsonSchema, schema: unknown, depth: number): boolean {
  const resolved = resolveSchema(root, schema);
  if (typeof resolved !== 'object' || depth > maximumDepth) return resolved !== false;
  const can = (part: unknown) => canBeObject(root, part, depth + 1);
  const { type, anyOf, oneOf, allOf } = resolved;
  if (type !== undefined && !list(type).includes('object')) return false;
  if (Object.hasOwn(resolved, 'const') && !isSchemaObject(resolved.const)) return false;
  if (Array.isArray(resolved.enum) && !resolved.enum.some(isSchemaObject)) return false;
  return (
    list(allOf).every(can) &&
    (anyOf === undefined || list(anyOf).some(can)) &&
    (oneOf === undefined || list(oneOf).some(can))
  );
}
