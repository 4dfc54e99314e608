import type { ClaimBucket } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SpecDocument, SpecNode } from '../load/spec-document.ts';
import { checkCallerNames, checkCallers } from './calls.ts';
import { checkClaims } from './claim-rules.ts';
import { findCollisions } from './collisions.ts';
import { groupOperations, isHandled } from './consumer-groups.ts';
import { buildConsumers } from './consumers.ts';
import type { ChannelDeclaration, Declarations, ReceiveDeclaration } from './declarations.ts';
import { buildDestinations, type QueueReaders } from './destinations.ts';
import { buildDocumentation } from './documentation/build-documentation.ts';
import type { ConsumerModel, EventModel, SpecIdentity } from './event-model.ts';
import { withMaximumBytes } from './event-sizes.ts';
import { buildEvents } from './events.ts';
import { checkHeaders } from './header-rules.ts';
import { busExtras } from './infrastructure/bus-extras.ts';
import { withFunctionDefaults } from './infrastructure/function-defaults.ts';
import { checkServiceNames } from './infrastructure/service-names.ts';
import { buildIngresses, withIngresses } from './ingress/build-ingresses.ts';
import { checkKeys } from './key-rules.ts';
import { checkQueues } from './merge-rules.ts';
import { buildMessages } from './messages.ts';
import { systemName } from './names.ts';
import { checkParts, partsOf } from './part-rules.ts';
import { readChannels } from './read/channels.ts';
import { checkExtensionKeys } from './read/extension-keys.ts';
import { readInfrastructure } from './read/infrastructure.ts';
import { readOperations } from './read/operations.ts';
import { readServers } from './read/servers.ts';
import { buildServices } from './services.ts';
import { checkSplits } from './split-rules.ts';
import { buildSubscribers } from './subscribers/build-subscribers.ts';

/** The model of a spec, and everything wrong with it. */
export interface ModelResult {
  /**
   * With errors among the diagnostics it holds what could be understood: good enough to check the rest, never to be
   * emitted.
   */
  readonly model: EventModel;
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds the model of a spec. All mistakes are told at once; nothing is thrown for them. */
export function buildModel(document: SpecDocument): ModelResult {
  const problems: Diagnostic[] = [];
  checkExtensionKeys(document.root, problems);
  const declarations = readDeclarations(document, problems);
  const { channels, operations } = declarations;
  const messages = buildMessages(document, channels, problems);
  const events = buildEvents(channels, messages, problems);
  const infrastructure = declarations.infrastructure.value;
  const received = operations.filter((operation): operation is ReceiveDeclaration => operation.action === 'receive');
  const groups = groupOperations(withFunctionDefaults(received, infrastructure));
  const handled = groups.filter(isHandled).flatMap((group) => group.operations);
  checkHeaders(channels, messages, partsOf(handled), problems);
  checkKeys(channels, handled, messages, problems);
  checkClaims(channels, messages, problems);
  checkSplits(handled, messages, problems);
  checkParts(handled, problems);
  checkQueues(handled, problems);
  checkCallerNames(operations, problems);
  const consumers = buildConsumers(groups.filter(isHandled), messages, problems);
  checkCallers(handled, consumers, problems);
  const subscribers = buildSubscribers(groups, messages, problems);
  const catalog = { messages: messages.types, events };
  const extras = busExtras({ document, channels, problems }, catalog);
  const destinations = buildDestinations(declarations, queueReaders(consumers), extras);
  const sizedEvents = withMaximumBytes(events, destinations);
  const ingresses = buildIngresses(operations, messages, problems);
  const services = withIngresses(buildServices(operations, { consumers, subscribers }, infrastructure), ingresses);
  const spec = readIdentity(document);
  const model: EventModel = {
    spec,
    catalog: { messages: messages.types, events: sizedEvents },
    system: {
      name: systemName(spec.title),
      destinations,
      services,
      ...(infrastructure === undefined ? {} : { infrastructure }),
      ...claimBucket(channels),
    },
    documentation: buildDocumentation({ document, messages, operations, channels }, problems),
  };
  problems.push(...findCollisions(model, declarations));
  return { model, diagnostics: problems };
}

/** One bucket serves all channels, so it keeps what any of them sends as long as the one that asks for most. */
function claimBucket(channels: readonly ChannelDeclaration[]): { readonly claimBucket?: ClaimBucket } {
  const days = channels.flatMap(({ claimCheck }) => claimCheck?.value.expireDays ?? []);
  return days.length === 0 ? {} : { claimBucket: { expireDays: Math.max(...days) } };
}

function readDeclarations(document: SpecDocument, problems: Diagnostic[]): Declarations {
  const servers = readServers(document.root, problems);
  const channels = readChannels(document, servers, problems);
  const operations = readOperations(document, channels, problems);
  const infrastructure = readInfrastructure(document.root, problems);
  checkServiceNames(infrastructure, operations, problems);
  return { servers, channels, operations, infrastructure };
}

function readIdentity({ root, file }: SpecDocument): SpecIdentity {
  const info = root.get('info');
  const text = (key: string) => stringOf(info?.get(key));
  return {
    file,
    title: text('title') ?? '',
    version: text('version') ?? '',
    description: text('description')?.trim() ?? null,
    origin: info?.origin ?? root.origin,
  };
}

/** How queues are read, by channel: a queue's redrive and visibility follow its consumer's delivery. */
function queueReaders(consumers: readonly ConsumerModel[]): QueueReaders {
  const readers = consumers.flatMap(({ wiring, operations }) =>
    wiring.routes.flatMap((route) => {
      const channel = operations.find(({ operation }) => operation === route.operation)?.channel;
      const { delivery } = wiring;
      if (route.kind !== 'sqs' || channel === undefined || delivery.type !== 'queue') return [];
      return [[channel, delivery] as const];
    }),
  );
  return new Map(readers.reverse());
}

function stringOf(node: SpecNode | undefined): string | null {
  return typeof node?.value === 'string' ? node.value : null;
}
