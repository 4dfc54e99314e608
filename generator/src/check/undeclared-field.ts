import type { EventPattern, JsonValue } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { JsonSchema, MessageType } from '../model/event-model.ts';
import { declaredField, declaredNames, schemasInPlace } from '../model/payload-facts.ts';
import { childPointer } from '../model/pointer.ts';
import { didYouMeanOrList, listOf, quote } from '../model/wording.ts';
import { valueAt } from './filter-leaves.ts';
import type { Rule } from './rule.ts';
import { type FilteredSelection, filteredSelections, filterOrigin } from './selections.ts';

/**
 * Reports fields of a filter that no payload declares, also where the schema is open to more fields: a field that nobody
 * describes is a misspelling far more often than not. One that only some of the messages declare is a warning.
 */
export const undeclaredField: Rule = (model) => filteredSelections(model).flatMap(judge);

/** A field of a filter that is not declared. */
interface Undeclared {
  readonly pointer: string;
  readonly name: string;
  readonly known: readonly string[];
}

function judge(selection: FilteredSelection): readonly Diagnostic[] {
  const { messages, operation } = selection;
  return undeclaredIn(selection).flatMap(({ field, without, isOptional }) => {
    const names = listOf(without.map(({ name }) => name));
    const origin = filterOrigin(operation, field.pointer);
    if (without.length < messages.length) {
      if (isOptional) return [];
      const message = `The payload of ${names} declares no field ${quote(field.name)}, so the filter is for the other messages only.`;
      return [report('filter-misses-message', origin, message)];
    }
    const message = `The payload of ${names} declares no field ${quote(field.name)}.`;
    return [report('undeclared-field', origin, message, didYouMeanOrList(field.name, field.known, 'Declared here'))];
  });
}

/** A field of a filter that some messages do not declare. */
export interface UndeclaredField {
  readonly field: Undeclared;
  readonly without: readonly MessageType[];
  /** True when the filter also matches a payload that lacks the field. */
  readonly isOptional: boolean;
}

/** Returns the fields of a selection's filter that at least one of its messages does not declare. */
export function undeclaredIn({ messages, filter }: FilteredSelection): readonly UndeclaredField[] {
  const found = messages.map(({ payload }) => undeclaredFields(payload, filter));
  const fields = new Map(found.flat().map((field) => [field.pointer, field] as const));
  return [...fields.values()].map((field) => ({
    field,
    without: messages.filter((_, index) => found[index]?.some(({ pointer }) => pointer === field.pointer)),
    isOptional: allowsAbsence(filter, field.pointer),
  }));
}

/** The fields of a filter that a payload does not declare, with the names that it declares in their place. */
function undeclaredFields(payload: JsonSchema, filter: EventPattern): readonly Undeclared[] {
  return fieldsBelow(payload, [payload], filter, '');
}

function fieldsBelow(
  root: JsonSchema,
  schemas: readonly unknown[],
  filter: EventPattern,
  pointer: string,
): readonly Undeclared[] {
  const inPlace = schemas.flatMap((schema) => schemasInPlace(root, schema));
  return Object.entries(filter).flatMap(([name, value]): readonly Undeclared[] => {
    const place = childPointer(pointer, name);
    if (name === '$or' && Array.isArray(value)) {
      const branches = value as readonly EventPattern[];
      return branches.flatMap((branch, index) => fieldsBelow(root, schemas, branch, childPointer(place, index)));
    }
    const declared = declaredPath(root, inPlace, name);
    if (declared.length === 0) return [{ pointer: place, name, known: declaredNames(inPlace) }];
    return isObject(value) ? fieldsBelow(root, declared, value, place) : [];
  });
}

/** To EventBridge `a.b` is `b` in `a`, unless a field has the dot in its own name. */
function declaredPath(root: JsonSchema, inPlace: ReturnType<typeof schemasInPlace>, name: string): readonly unknown[] {
  const whole = declaredField(inPlace, name);
  if (whole.length > 0 || !name.includes('.')) return whole;
  const [first = '', ...rest] = name.split('.');
  return rest.reduce<readonly unknown[]>(
    (schemas, key) =>
      declaredField(
        schemas.flatMap((schema) => schemasInPlace(root, schema)),
        key,
      ),
    declaredField(inPlace, first),
  );
}

/** Tells whether the part of a filter at `pointer` also matches a payload without that field. */
function allowsAbsence(filter: EventPattern, pointer: string): boolean {
  const part = valueAt(filter, pointer);
  return Array.isArray(part) && part.some((condition) => isObject(condition) && condition.exists === false);
}

function isObject(value: JsonValue): value is EventPattern {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
