import type { EventPattern, Route } from '@eventloom/engine';
import type { PayloadFacts } from '../aws/dialect/field-facts.ts';
import { fitTree } from '../aws/dialect/fit-tree.ts';
import { type SaidFilter, sayFilter } from '../aws/dialect/say-filter.ts';
import type { TargetKind } from '../aws/dialect/target.ts';
import { type FilterFault, languageFaults, mappingFaults, policyFaults, ruleFaults } from '../aws/filter-faults.ts';
import { envelopePolicy, topicPolicy } from '../aws/filter-policy.ts';
import { mappingFilter } from '../aws/mapping-filter.ts';
import { rulePattern } from '../aws/rule-pattern.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ChannelDeclaration, FilterDeclaration, Placement, ReceiveDeclaration } from './declarations.ts';
import { busKey, queueKey, sourceOf, topicKey } from './events.ts';
import { factsOf } from './filter-facts.ts';
import type { Messages } from './messages.ts';
import { pascalCase } from './names.ts';
import { placeOf, routeFault, sentence } from './route-fault.ts';
import { quote } from './wording.ts';

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
  if (filter !== null && operation.rest !== null) {
    return { route: withRest({ operation, placement, filter, said, problems }), filter };
  }
  const untold = [...said.faults, ...faults].filter(({ isToldElsewhere = false }) => !isToldElsewhere);
  problems.push(...untold.map((fault) => routeFault(operation, placement.kind, fault)));
  return { route, filter };
}

const everything: SaidFilter = { filter: null, faults: [], tree: [] };

interface Rest {
  readonly operation: ReceiveDeclaration;
  readonly placement: Placement;
  readonly filter: EventPattern;
  readonly said: SaidFilter;
  readonly problems: Diagnostic[];
}

/** The route with the strongest filter that it can have; the handler evaluates all of it when that is not all. */
function withRest({ operation, placement, filter, said, problems }: Rest): Route {
  const over = (part: EventPattern | null) => routeOver(operation, placement, { filter: part });
  const isMixed = mixesScopes(operation, placement);
  // Numbers that EventBridge does not document work all the same, and leaving them out would help nobody.
  const isTooMuch = (part: EventPattern) =>
    over(part).faults.some(({ pointer, limit }) => pointer === '' && limit !== null);
  const part = isMixed ? null : fitTree(said.tree, isTooMuch);
  const { route, faults } = over(part);
  problems.push(...faults.map((fault) => routeFault(operation, placement.kind, fault)));
  const isWhole = !isMixed && said.faults.length === 0 && JSON.stringify(part) === JSON.stringify(said.filter);
  if (!isWhole) return { ...route, handlerFilter: filter };
  const message = `The route of ${quote(operation.key)} says all of its filter: \`x-filter-rest\` has nothing to do.`;
  problems.push(report('filter-rest-unused', operation.rest?.origin ?? operation.origin, message));
  return route;
}

/** Messages of a topic are told apart by an attribute, and a subscription that reads attributes reads no body. */
function mixesScopes({ takesAll, filterScope }: ReceiveDeclaration, { kind }: Placement): boolean {
  return kind === 'topic' && !takesAll && filterScope !== 'attributes';
}

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

function routeOver(operation: ReceiveDeclaration, placement: Placement, said: Pick<SaidFilter, 'filter'>): FaultyRoute {
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
