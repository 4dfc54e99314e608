import { type AllowedAccount, type EventAddress, limits, type Route, type Topology } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ConsumerModel, EventModel, ReceiverModel } from '../model/event-model.ts';
import { toTopology } from '../model/to-topology.ts';
import { quote } from '../model/wording.ts';
import { chosenQueueArn, type Deployment, deploymentsOf, destinationArn, ruleArn } from './deployed.ts';
import { overQuota } from './quotas.ts';
import type { Rule } from './rule.ts';

/*
 * Policies as the constructs write them, without spaces. ARNs are as long as they get, so what is counted is never less
 * than what AWS counts.
 */

/** Reports buses whose policy would not have room for the accounts that may publish to them. */
export const busPolicy: Rule = (model) => {
  const topology = toTopology(model);
  const { prefixLength } = longest(topology);
  return topology.destinations.flatMap((bus): readonly Diagnostic[] => {
    if (bus.kind !== 'bus' || bus.allowAccounts === undefined) return [];
    const arn = destinationArn(bus);
    const statements = bus.allowAccounts.flatMap((allowed) => accountStatements(allowed, arn));
    return overQuota(model, {
      code: 'bus-policy-size',
      quota: 'busPolicyCharacters',
      subject: `The policy of bus ${quote(bus.name)} would have up to`,
      unit: 'characters',
      count: policyText(statements).length + statements.length * prefixLength,
      origin: model.spec.origin,
    });
  });
};

function accountStatements({ account, events }: AllowedAccount, arn: string): readonly unknown[] {
  return bySource(events).map(([source, names]) => ({
    // The hash of a source has twelve characters.
    Sid: `${account}-${'x'.repeat(12)}`,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: 'events:PutEvents',
    Resource: arn,
    Condition: { StringEquals: { 'events:source': source, 'events:detail-type': names } },
  }));
}

/** Reports consumers whose queue would need a larger policy than SQS takes: each rule and topic is named in it. */
export const queuePolicy: Rule = (model) => {
  const topology = toTopology(model);
  const { prefixLength } = longest(topology);
  return receiversOf(model).flatMap(({ wiring, origin }): readonly Diagnostic[] => {
    const { rules, topics } = sendersOf(wiring.routes, topology);
    const bytes = queuePolicyBytes(wiring.routes, topology, prefixLength);
    const most = limits.queuePolicyBytes.value;
    if (bytes <= most) return [];
    const message = `The queue of consumer ${quote(wiring.consumer)} would need a policy of up to ${bytes} bytes, which names ${rules.length} rules and ${topics.length} topics; SQS takes ${most}.`;
    return [report('queue-policy-size', origin, message)];
  });
};

/** Bytes of the policy of a queue to which so many routes lead, at most. */
export function queuePolicyBytes(routes: readonly Route[], topology: Topology, prefixLength: number): number {
  const { rules, topics } = sendersOf(routes, topology);
  return policyText(queueStatements(rules, topics)).length + (rules.length + topics.length) * prefixLength;
}

function sendersOf(routes: readonly Route[], { destinations }: Topology) {
  const nameOf = (key: string) => destinations.find((one) => one.key === key)?.name ?? '';
  return {
    rules: routes.flatMap((route) => (route.kind === 'eventbridge' ? [ruleArn(nameOf(route.bus))] : [])),
    topics: routes.flatMap((route) =>
      route.kind === 'sns' || route.kind === 'eventbridge-sns'
        ? [destinationArn({ kind: 'topic', name: nameOf(route.topic) })]
        : [],
    ),
  };
}

function queueStatements(rules: readonly string[], topics: readonly string[]): readonly unknown[] {
  const allow = (service: string, arns: readonly string[]) => ({
    Action: 'sqs:SendMessage',
    Condition: { ArnEquals: { 'aws:SourceArn': arns } },
    Effect: 'Allow',
    Principal: { Service: `${service}.amazonaws.com` },
    Resource: chosenQueueArn,
  });
  return [
    {
      Action: 'sqs:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Resource: chosenQueueArn,
    },
    ...(rules.length === 0 ? [] : [allow('events', rules)]),
    ...(topics.length === 0 ? [] : [allow('sns', topics)]),
  ];
}

/**
 * Reports functions whose role would need more than IAM takes. What does not fit inline goes to managed policies, a
 * statement to one of them, so a single statement may be too long, or there may be too many.
 */
export const rolePolicy: Rule = (model) => {
  const topology = toTopology(model);
  const { prefixLength } = longest(topology);
  return consumersOf(model).flatMap(({ wiring, origin }): readonly Diagnostic[] => {
    const sizes = emitStatements(wiring.emits, topology).map(
      (statement) => JSON.stringify(statement).length + prefixLength,
    );
    const whole = sizes.reduce((sum, size) => sum + size + 1, otherStatements);
    if (whole <= limits.rolePolicyCharacters.value) return [];
    const { value: most } = limits.managedPolicyCharacters;
    const room = most - policyText([]).length;
    const largest = Math.max(...sizes);
    if (largest > room) {
      const message = `The role of consumer ${quote(wiring.consumer)} would need a statement of ${largest} characters to publish the events of one source; what does not fit into the ${limits.rolePolicyCharacters.value} of the role itself goes to policies that take ${most}.`;
      return [report('role-policy-size', origin, message)];
    }
    return overQuota(model, {
      code: 'role-policies',
      quota: 'managedPoliciesPerRole',
      subject: `The role of consumer ${quote(wiring.consumer)} would have up to`,
      unit: 'managed policies to publish what it emits',
      count: packed(sizes, room),
      origin,
    });
  });
};

/** What a role has beside the right to publish: its log group, queues, table and bucket, X-Ray. */
const otherStatements = 2_000;

function emitStatements(emits: readonly EventAddress[], { destinations }: Topology): readonly unknown[] {
  const keys = [...new Set(emits.map(({ destination }) => destination))];
  return keys.flatMap((key): readonly unknown[] => {
    const destination = destinations.find((one) => one.key === key);
    if (destination === undefined) return [];
    const Resource = destinationArn(destination);
    if (destination.kind !== 'bus') return [{ Action: 'sns:Publish', Effect: 'Allow', Resource }];
    return bySource(emits.filter((emit) => emit.destination === key)).map(([source, names]) => ({
      Action: 'events:PutEvents',
      Condition: { StringEquals: { 'events:source': source, 'events:detail-type': names } },
      Effect: 'Allow',
      Resource,
    }));
  });
}

/** How many policies hold statements of these sizes, each put where it fits first. */
function packed(sizes: readonly number[], room: number): number {
  const filled: number[] = [];
  for (const size of sizes) {
    const index = filled.findIndex((used) => used + size + 1 <= room);
    if (index < 0) filled.push(size);
    else filled[index] = (filled[index] ?? 0) + size + 1;
  }
  return filled.length;
}

function bySource(
  events: readonly { readonly name: string; readonly source: string }[],
): readonly (readonly [source: string, names: readonly string[]])[] {
  const sources = [...new Set(events.map(({ source }) => source))].sort();
  return sources.map((source) => [
    source,
    [...new Set(events.filter((one) => one.source === source).map(({ name }) => name))],
  ]);
}

function policyText(statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** Each has a dead-letter queue at least, which all its rules and topics may send to. */
function receiversOf({ system }: EventModel): readonly ReceiverModel[] {
  return system.services.flatMap(({ consumers, subscribers }) => [...consumers, ...subscribers]);
}

function consumersOf({ system }: EventModel): readonly ConsumerModel[] {
  return system.services.flatMap(({ consumers }) => consumers);
}

function longest(topology: Topology): Deployment {
  const [bare, ...others] = deploymentsOf(topology);
  return others.findLast(({ isCertain }) => isCertain) ?? bare ?? { prefixLength: 0, words: '', isCertain: true };
}
