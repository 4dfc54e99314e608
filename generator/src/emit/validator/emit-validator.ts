import type { MessageType } from '../../model/event-model.ts';
import { withoutAnnotations } from '../../model/schema/without-annotations.ts';
import { jsonLiteral } from './json-literal.ts';
import { asSteps } from './parts.ts';
import { schemaParts } from './schema-parts.ts';
import { openScope, type Site } from './scope.ts';
import { sharePlaces } from './shared-places.ts';
import type { Step } from './step.ts';
import { placesOf, writeCheck } from './write-check.ts';

/** Spells the validator of a message. */
export type ValidatorEmitter = (message: Pick<MessageType, 'typeName' | 'payload'>) => string;

/**
 * Starts an emitter of validators. It spells each as an ES module without header that exports `validate<TypeName>` and
 * imports nothing but shared parts from the runtime.
 *
 * Its verdict on any JSON value, and the errors it leaves, are those of Ajv 8 with all formats of ajv-formats under
 * `strict: false`, `allErrors` and `messages: false`, but for two things: there is no `schemaPath`, and
 * `propertyName` is left to the error of `propertyNames`. The payload is a bundle, as `buildPayload` makes them; what is
 * no schema in it is not looked for.
 */
export function validatorEmitter(): ValidatorEmitter {
  return ({ typeName, payload }) => {
    const { imports, statements, check } = validatorParts(payload);
    const lines = [
      `import { ${imports.join(', ')} } from '@eventloom/runtime/validation';`,
      '',
      ...statements,
      `export const validate${typeName} = /* @__PURE__ */ validator(${check});`,
    ];
    return `${lines.join('\n')}\n`;
  };
}

/** The code of a validator, for whoever puts it elsewhere than into a module. */
export interface ValidatorParts {
  /** Names from `@eventloom/runtime/validation`, sorted; `validator` is one. */
  readonly imports: readonly string[];
  /** Declarations that use them. */
  readonly statements: readonly string[];
  /** Name of the declared function to give to `validator`. */
  readonly check: string;
}

/** Writes what the validator of a payload consists of. */
export function validatorParts(payload: MessageType['payload']): ValidatorParts {
  const root = withoutAnnotations(payload);
  const { scope, collected } = openScope(root, schemaParts);
  scope.use('validator');
  const check = scope.check(root);
  const functions: (readonly [string, readonly Step[]])[] = [];
  for (const [schema, name] of collected.checks) {
    const site: Site = { scope, value: 'd0', depth: 0, place: '' };
    functions.push([name, asSteps(schemaParts(schema, site), site)]);
  }
  const places = sharePlaces(
    functions.flatMap(([, steps]) => placesOf(steps)),
    jsonLiteral,
  );
  const statements = [
    ...[...collected.constants].map(([expression, name]) => `const ${name} = ${expression};`),
    ...places.constants.map(([name, literal]) => `const ${name} = ${literal};`),
    ...functions.map(([name, steps]) => writeCheck(name, steps, places.spell)),
  ];
  return { imports: [...collected.imports].sort(), statements, check };
}
