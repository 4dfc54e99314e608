import type { MessageType } from '../../model/event-model.ts';
import { withoutAnnotations } from '../../model/schema/without-annotations.ts';
import { standaloneCompiler } from './compile.ts';
import { shrink } from './shrink.ts';

/** Spells the validator of a message. */
export type ValidatorEmitter = (message: Pick<MessageType, 'typeName' | 'payload'>) => string;

/**
 * Starts an emitter of validators. It spells each as an ES module without header that exports `validate<TypeName>` and
 * imports nothing but shared parts from the runtime.
 *
 * Its verdict on any JSON value, and the errors it leaves, are those of Ajv 8 with all formats of ajv-formats under
 * `strict: false`, `allErrors` and `messages: false`; below a definition that is called, `schemaPath` starts there.
 * It throws when a payload is no schema that Ajv compiles; `buildPayload` reports what could be wrong with it.
 */
export function validatorEmitter(): ValidatorEmitter {
  const compile = standaloneCompiler();
  return ({ typeName, payload }) => {
    const { code, expressions } = compile(withoutAnnotations(payload));
    const { body, imports } = shrink(code, `validate${typeName}`, expressions);
    const shared =
      imports.length === 0 ? '' : `import { ${imports.join(', ')} } from '@eventloom/runtime/validation';\n\n`;
    return `${shared}${body}`;
  };
}
