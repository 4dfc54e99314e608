import type { MessageType } from '../../model/event-model.ts';
import { withoutAnnotations } from '../../model/schema/without-annotations.ts';
import { compileStandalone } from './compile.ts';
import { shrink } from './shrink.ts';

/**
 * Spells the validator of a message as an ES module without header: it exports `validate<TypeName>` and imports
 * nothing but shared parts from the runtime.
 *
 * Its verdict on any JSON value, and the errors it leaves, are those of Ajv 8 with all formats of ajv-formats under
 * `strict: false`, `allErrors` and `messages: false`; below a definition that is called, `schemaPath` starts there.
 * @throws when the payload is no schema that Ajv compiles; `buildPayload` reports what could be wrong with it.
 */
export function emitValidator(message: Pick<MessageType, 'typeName' | 'payload'>): string {
  const { code, expressions } = compileStandalone(withoutAnnotations(message.payload));
  const { body, imports } = shrink(code, `validate${message.typeName}`, expressions);
  const shared =
    imports.length === 0 ? '' : `import { ${imports.join(', ')} } from '@eventloom/runtime/validation';\n\n`;
  return `${shared}${body}`;
}
