import type { HttpIngress, PathParameter } from '@eventloom/engine';
import { isPlain } from './vtl.ts';

/** Whole numbers that every JSON reader keeps as they are. */
const wholeNumber = '-?(0|[1-9][0-9]{0,14})';

const forms = {
  integer: { pattern: wholeNumber, words: 'a whole number' },
  number: { pattern: `${wholeNumber}([.][0-9]{1,6})?`, words: 'a number' },
} as const;

/** Name of the variable that holds the value of a parameter. */
export function variableOf(name: string): string {
  return `path_${name}`;
}

/**
 * Lines that read the parameters of a path into variables, and leave in `$reason` why one of them is not allowed, or
 * nothing. They stand in the template of the request, which must not become an event then, and in that of the answer.
 */
export function pathChecks({ parameters }: Pick<HttpIngress, 'parameters'>): readonly string[] {
  return [`#set($reason = '')`, ...parameters.flatMap(checkOf)];
}

function checkOf(parameter: PathParameter): readonly string[] {
  const variable = variableOf(parameter.name);
  const read = `#set($${variable} = $input.params().path.get('${parameter.name}'))`;
  const test = testOf(parameter, variable);
  if (test === null) return [read];
  const { setUp = [], condition, words } = test;
  return [read, ...setUp, `#if(!${condition})`, `#set($reason = '${parameter.name} must be ${words}')`, '#end'];
}

interface Test {
  readonly setUp?: readonly string[];
  readonly condition: string;
  /** Completes "market must be". */
  readonly words: string;
}

function testOf({ values, pattern, type }: PathParameter, variable: string): Test | null {
  if (values !== null) return valuesTest(values, variable);
  if (type === 'integer' || type === 'number') {
    const { pattern: form, words } = forms[type];
    return { condition: `$${variable}.matches('${form}')`, words };
  }
  if (pattern === null) return null;
  // `matches` asks for the whole text, so that anchors say nothing.
  const inside = pattern.replace(/^\^|\$$/g, '');
  return { condition: `$${variable}.matches('${inside}')`, words: 'in the form that the API describes' };
}

/** Values with other characters are compared in Base64, which has no character that means anything. */
function valuesTest(values: readonly string[], variable: string): Test {
  const allowed = `$${variable}_values`;
  if (values.every(isPlain)) {
    const list = values.map((value) => `'${value}'`).join(', ');
    return {
      setUp: [`#set(${allowed} = [${list}])`],
      condition: `${allowed}.contains($${variable})`,
      words: `one of ${values.join(', ')}`,
    };
  }
  const list = values.map((value) => `'${base64(value)}'`).join(', ');
  return {
    setUp: [`#set(${allowed} = [${list}])`],
    condition: `${allowed}.contains($util.base64Encode($${variable}))`,
    words: 'one of the values that the API describes',
  };
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
