import type { JsonValue } from '@eventloom/engine';
import type { ReceiverModel, ServiceModel } from '../model/event-model.ts';
import { sortBy } from '../model/order.ts';
import type { EmitContext } from './emit-context.ts';
import type { GeneratedFile } from './generated-file.ts';
import { wiringPath } from './output-paths.ts';
import { constant } from './print/declarations.ts';
import { docComment, noDoc } from './print/doc-comment.ts';
import { collectImports, typeFrom } from './print/imports.ts';
import { code, codeValue, fromJson, jsonValue, record } from './print/json-value.ts';
import type { ReExport } from './print/source-file.ts';
import { runtime } from './published-event.ts';

/** Emits the wiring of one consumer or subscriber. */
export function emitWiring(
  context: EmitContext,
  service: ServiceModel,
  type: 'Consumer' | 'Subscriber',
  consumer: ReceiverModel,
): GeneratedFile {
  const path = wiringPath(service, consumer);
  const imports = collectImports(path, [consumer.wiringName]);
  const declaration = constant({
    comment: docComment({ ...noDoc, description: `How \`${consumer.wiring.key}\` is wired.` }),
    exported: true,
    name: consumer.wiringName,
    type: imports.use(typeFrom(runtime, type)),
    value: jsonValue(asJson(consumer.wiring)),
  });
  return context.file(`consumer:${consumer.wiring.key}`, {
    path,
    imports: imports.statements(),
    declarations: [declaration],
  });
}

/** Emits `topology/consumers.ts`: one line for each consumer. */
export function emitConsumersIndex(context: EmitContext): GeneratedFile {
  const reExports = wirings(context, ({ consumers }) => consumers);
  const declarations = reExports.length === 0 ? ['export {};'] : [];
  return context.file('system', { path: 'topology/consumers.ts', reExports, declarations });
}

/** Emits `topology/subscribers.ts`: one line for each subscriber. Without any there is no such file. */
export function emitSubscribersIndex(context: EmitContext): readonly GeneratedFile[] {
  const reExports = wirings(context, ({ subscribers }) => subscribers);
  return reExports.length === 0
    ? []
    : [context.file('system', { path: 'topology/subscribers.ts', reExports, declarations: [] })];
}

function wirings(
  { model }: EmitContext,
  receiversOf: (service: ServiceModel) => readonly ReceiverModel[],
): readonly ReExport[] {
  return model.system.services.flatMap((service) =>
    receiversOf(service).map((receiver) => ({
      kind: 'names' as const,
      file: wiringPath(service, receiver),
      names: [receiver.wiringName],
      typeOnly: false,
    })),
  );
}

/**
 * Emits `topology/index.ts`. It takes the consumers from their index as a namespace, whose keys are in the order of
 * code units, so that it does not change when a consumer comes.
 */
export function emitTopology(context: EmitContext): GeneratedFile {
  const path = 'topology/index.ts';
  const imports = collectImports(path, ['consumers', 'subscribers', 'topology']);
  const { name, destinations, services, infrastructure, claimBucket } = context.model.system;
  const hasSubscribers = services.some(({ subscribers }) => subscribers.length > 0);
  const ingresses = sortBy(
    services.flatMap((service) => service.ingresses.map(({ wiring }) => wiring)),
    ({ operation }) => operation,
  );
  const declaration = constant({
    comment: docComment({ ...noDoc, description: `How system \`${name}\` is wired.` }),
    exported: true,
    name: 'topology',
    type: imports.use(typeFrom(runtime, 'Topology')),
    value: codeValue(
      record({
        system: name,
        destinations: fromJson(asJson(destinations)),
        services: fromJson(asJson(services.map((service) => service.wiring))),
        consumers: code('/* @__PURE__ */ Object.values(consumers)'),
        subscribers: hasSubscribers ? code('/* @__PURE__ */ Object.values(subscribers)') : undefined,
        ingresses: ingresses.length === 0 ? undefined : fromJson(asJson(ingresses)),
        infrastructure: infrastructure === undefined ? undefined : fromJson(asJson(infrastructure)),
        claimBucket: claimBucket === undefined ? undefined : fromJson(asJson(claimBucket)),
      }),
    ),
  });
  return context.file('system', {
    path,
    imports: imports.statements(),
    namespaceImports: [
      { name: 'consumers', file: 'topology/consumers.ts' },
      ...(hasSubscribers ? [{ name: 'subscribers', file: 'topology/subscribers.ts' }] : []),
    ],
    declarations: [declaration],
  });
}

/** The model is JSON by its own rule; its interfaces cannot say so. */
function asJson(value: object): JsonValue {
  return value as JsonValue;
}
