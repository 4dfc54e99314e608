import type { ServiceModel, SubscriberModel } from '../model/event-model.ts';
import type { EmitContext } from './emit-context.ts';
import { emittedType } from './event-types.ts';
import type { GeneratedFile } from './generated-file.ts';
import { receiverPath } from './output-paths.ts';
import { collectImports } from './print/imports.ts';

/** Emits what a workflow publishes as a type, for who writes it in the CDK; nothing for anything that publishes nothing. */
export function emitWorkflow(
  context: EmitContext,
  service: ServiceModel,
  subscriber: SubscriberModel,
): readonly GeneratedFile[] {
  const { emittedTypeName: emitted, wiring } = subscriber;
  if (emitted === null) return [];
  const path = receiverPath(service, subscriber);
  const imports = collectImports(path, [emitted]);
  const declarations = emittedType({ context, imports, names: { emitted }, consumer: { wiring } });
  return [context.file(`consumer:${wiring.key}`, { path, imports: imports.statements(), declarations })];
}
