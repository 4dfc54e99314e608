import { toDraft04 } from '../../aws/draft-04/to-draft-04.ts';
import type { JsonSchema } from '../event-model.ts';
import { isObject, type JsonObject, own } from '../schema/json.ts';
import { type OtherFields, withoutFields } from './without-fields.ts';

/** The model of a request's body. */
export interface BodyModel {
  /** Draft-04, self-contained. */
  readonly schema: JsonObject;
  /** Pointers into the payload's schema, to the keywords that the API does not check; sorted. */
  readonly unchecked: readonly string[];
}

/** Makes the model of a body that becomes a payload with `fields` put in. It never refuses what would be valid then. */
export function bodyModel(payload: JsonSchema, fields: OtherFields, mustBeObject: boolean): BodyModel {
  const rest = withoutFields(payload, fields);
  const { schema, lost } = toDraft04(mustBeObject ? objectOnly(rest.schema) : rest.schema, 'validator');
  const pointers = [...rest.lost, ...lost].map(({ pointer }) =>
    pointer.replace(/^(\/allOf\/1|\/definitions\/whole payload)(?=\/)/, ''),
  );
  return { schema, unchecked: [...new Set(pointers)].sort() };
}

/** EventBridge takes nothing but objects. */
function objectOnly(schema: JsonSchema): JsonSchema {
  if (!isObject(schema)) return schema === false ? schema : { type: 'object' };
  const type = own(schema, 'type');
  if (type === undefined) return { ...schema, type: 'object' };
  return Array.isArray(type) && type.includes('object') ? { ...schema, type: 'object', nullable: false } : schema;
}
