import { isArray, isRecord, type Json, type JsonRecord } from './json-text.ts';

/** All ways to take one element of each array that holds objects and that the policy looks into. */
export function choicesOf(body: JsonRecord, policy: JsonRecord): readonly JsonRecord[] {
  let choices: readonly JsonRecord[] = [body];
  for (const [key, value] of Object.entries(body)) {
    const inner = innerPolicies(policy, key);
    const options = inner.length === 0 ? [] : optionsOf(value, Object.assign({}, ...inner));
    if (options.length > 0) choices = choices.flatMap((choice) => options.map((one) => ({ ...choice, [key]: one })));
  }
  return choices;
}

function optionsOf(value: Json, policy: JsonRecord): readonly Json[] {
  return elementsOf(value).flatMap((element): readonly Json[] =>
    isRecord(element) ? choicesOf(element, policy) : [element],
  );
}

function innerPolicies(policy: JsonRecord, key: string): readonly JsonRecord[] {
  const own = Object.hasOwn(policy, key) ? policy[key] : undefined;
  const branches = isArray(policy.$or) ? policy.$or.filter(isRecord) : [];
  return [...(isRecord(own) ? [own] : []), ...branches.flatMap((branch) => innerPolicies(branch, key))];
}

/** The values of an array, those of arrays in it too; any other value is its own. */
export function elementsOf(value: Json): readonly Json[] {
  return isArray(value) ? value.flatMap(elementsOf) : [value];
}
