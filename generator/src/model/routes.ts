import type { EventPattern, Route } from '@eventloom/engine';
import type { PayloadFacts } from '../aws/dialect/field-facts.ts';
import { type SaidFilter, sayFilter } from '../aws/dialect/say-filter.ts';
import type { TargetKind } from '../aws/dialect/target.ts';
import { type FilterFault, languageFaults, mappingFaults, policyFaults, ruleFaults } from '../aws/filter-faults.ts';
import { envelopePolicy, topicPolicy } from '../aws/filter-policy.ts';
import { mappingFilter } from '../aws/mapping-filter.ts';
import { rulePattern } from '../aws/rule-pattern.ts';
import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ChannelDeclaration, FilterDeclaration, Placement, ReceiveDeclaration } from './declarations.ts';
import { busKey, queueKey, sourceOf, topicKey } from './events.ts';
import { factsOf } from './filter-facts.ts';
import type { Messages } from './messages.ts';
import { pascalCase } from './names.ts';

/** A route, and the filter it was made with: null when the operation has none that can be read. */
export interface BuiltRoute {
  readonly route: Route;
  readonly filter: EventPattern | null;
}

/** Makes the route of a `receive` operation, or null when its channel has no place. Every fault of its filter is reported. */
export function buildRoute(
  operation: ReceiveDeclaration,
  messages: Messages,
  problems: Diagnostic[],
): BuiltRoute | null {
  const { placement } = operation.channel;
  if (placement === null) return null;
  const filter = readableFilter(operation.filter, problems);
  const said =
    filter === null ? everything : sayFilter(filter, targetOf(operation, placement), factsFor(operation, messages));
  const { route, faults } = routeOver(operation, placement, said);
  problems.push(...[...said.faults, ...faults].map((fault) => routeFault(operation, placement.kind, fault)));
  return { route, filter };
}

const everything: Said = { filter: null, faults: [] };

function factsFor(operation: ReceiveDeclaration, { byDefinition }: Messages): PayloadFacts {
  return factsOf(operation.messages.flatMap(({ definition }) => byDefinition.get(definition) ?? []));
}

/** Returns the pattern of the one rule that feeds a channel's topic: all its messages, never a consumer's filter. */
export function channelPattern(channel: ChannelDeclaration): EventPattern {
  return rulePattern({ source: sourceOf(channel), names: channel.messages.map(({ name }) => name), filter: null });
}

interface FaultyRoute {
  readonly route: Route;
  readonly faults: readonly FilterFault[];
}

function routeOver(operation: ReceiveDeclaration, placement: Placement, said: Said): FaultyRoute {
  const { channel } = operation;
  const source = sourceOf(channel);
  const names = operation.messages.map(({ name }) => name);
  const selected = operation.takesAll ? null : names;
  const { filter } = said;
  const base = {
    operation: operation.key,
    constructId: pascalCase(operation.key),
    events: names.map((name) => ({ name, source })),
  };
  switch (placement.kind) {
    case 'bus': {
      const eventPattern = rulePattern({ source, names, filter });
      const bus = busKey(placement.server);
      const faults = ruleFaults(eventPattern, operation.filter?.value);
      return { route: { kind: 'eventbridge', ...base, bus, eventPattern }, faults };
    }
    case 'bus-topic': {
      const { policy } = envelopePolicy({ names: selected, filter });
      const hop = {
        bus: busKey(placement.server),
        topic: topicKey(channel.key),
        eventPattern: channelPattern(channel),
      };
      const scope = 'MessageBody';
      const route: Route = { kind: 'eventbridge-sns', ...base, ...hop, filterPolicy: policy, filterPolicyScope: scope };
      return { route, faults: policy === null ? [] : policyFaults(policy, scope, '/detail') };
    }
    case 'topic': {
      const { policy, scope } = topicPolicy({ names: selected, filter }, operation.filterScope ?? 'body');
      const topic = topicKey(channel.key);
      const route: Route = { kind: 'sns', ...base, topic, filterPolicy: policy, filterPolicyScope: scope };
      return { route, faults: policy === null ? [] : policyFaults(policy, scope, '') };
    }
    case 'queue': {
      const mapping = mappingFilter(filter);
      const route: Route = { kind: 'sqs', ...base, queue: queueKey(channel.key), mappingFilter: mapping };
      return { route, faults: mapping === null ? [] : mappingFaults(mapping) };
    }
    default:
      return placement satisfies never;
  }
}

type Said = Pick<SaidFilter, 'filter' | 'faults'>;

function targetOf({ filterScope }: ReceiveDeclaration, placement: Placement): TargetKind {
  switch (placement.kind) {
    case 'bus':
      return 'rule';
    case 'bus-topic':
      return 'body';
    case 'topic':
      return filterScope === 'attributes' ? 'attributes' : 'body';
    case 'queue':
      return 'mapping';
    default:
      return placement satisfies never;
  }
}

/** A filter that is no event pattern is reported and then left out, so that one mistake is told once. */
function readableFilter(filter: FilterDeclaration | null, problems: Diagnostic[]): EventPattern | null {
  if (filter === null) return null;
  const faults = languageFaults(filter.value);
  problems.push(
    ...faults.map(({ limit, message, pointer }) =>
      report(limit === null ? 'invalid-filter' : 'filter-limit', placeOf(filter, pointer), sentence(message)),
    ),
  );
  return faults.length === 0 ? filter.value : null;
}

function routeFault(
  { filter, origin, key }: ReceiveDeclaration,
  kind: Placement['kind'],
  fault: FilterFault,
): Diagnostic {
  const place = filter === null ? origin : placeOf(filter, fault.pointer);
  const { limit } = fault;
  const code =
    limit === null
      ? 'filter-not-supported'
      : limit.adjustable
        ? 'filter-quota'
        : limit.id.startsWith('eventPatternNumber')
          ? 'filter-number'
          : 'filter-limit';
  const message = `Operation \`${key}\` is fed by ${routeWords[kind]}: ${sentence(fault.message)}`;
  return report(code, place, message, code === 'filter-number' ? undefined : alternatives[kind]);
}

/** Where a part of a filter stands; for a part that has no place of its own, the nearest above it. */
function placeOf(filter: FilterDeclaration, pointer: string): Origin {
  const found = filter.places.find((place) => place.pointer === pointer);
  if (found !== undefined || pointer === '') return found?.origin ?? filter.origin;
  return placeOf(filter, pointer.slice(0, pointer.lastIndexOf('/')));
}

const routeWords: Readonly<Record<Placement['kind'], string>> = {
  bus: 'an EventBridge rule',
  'bus-topic': 'a topic behind a bus, whose SNS filter policy reads the envelope',
  topic: 'an SNS subscription',
  queue: 'a queue, whose event source mapping filters',
};

const alternatives: Readonly<Record<Placement['kind'], string>> = {
  bus: 'Shorten the filter, or spread it over several `receive` operations of one `x-consumer` that no event matches twice.',
  'bus-topic':
    'Say it with what SNS has, remove the `sns` binding so that the consumer gets a rule of its own, or filter in the handler.',
  topic:
    'Say it with what SNS has, put the channel on a bus (`servers`, without the `sns` binding) so that the consumer gets a rule, or filter in the handler.',
  queue: 'Say it with what Lambda has, put the channel on a bus or a topic, or filter in the handler.',
};

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
