import {
  type Consumer,
  claimBucketVariable,
  deadLetterQueueVariable,
  type EventAddress,
  limits,
  type Outbox,
  outboxTableVariable,
  queueVariable,
  type Topology,
  tableVariable,
} from '@eventloom/engine';
import type { Diagnostic, Origin } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { toTopology } from '../model/to-topology.ts';
import { quote } from '../model/wording.ts';
import { chosenQueueUrl, claimBucketName, deploymentsOf, environmentValue } from './deployed.ts';
import { calledFunctionName, remembers } from './deployed-names.ts';
import { originOfService } from './name-limits.ts';
import type { Rule } from './rule.ts';

/** A variable of a function's environment, as long as its value gets without an environment. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** True when the name of the environment stands in the value. */
  readonly isPrefixed: boolean;
}

/** Reports functions whose environment variables would be more than Lambda takes together. */
export const environmentLimits: Rule = (model) => {
  const topology = toTopology(model);
  const consumers = model.system.services.flatMap((service) => service.consumers);
  return [
    ...consumers.flatMap(({ wiring, origin }) =>
      judge(topology, `consumer ${quote(wiring.key)}`, consumerVariables(topology, wiring), origin),
    ),
    ...topology.services.flatMap(({ name, outbox }) =>
      outbox === undefined
        ? []
        : judge(
            topology,
            `the relay of ${quote(name)}`,
            relayVariables(topology, name, outbox),
            originOfService(name, model),
          ),
    ),
  ];
};

function judge(
  topology: Topology,
  whose: string,
  variables: readonly Variable[],
  origin: Origin,
): readonly Diagnostic[] {
  const most = limits.functionEnvironmentBytes.value;
  const failing = deploymentsOf(topology).find(({ prefixLength }) => environmentBytes(variables, prefixLength) > most);
  if (failing === undefined) return [];
  const bytes = environmentBytes(variables, failing.prefixLength);
  const message = `The function of ${whose} would have ${variables.length} environment variables of up to ${bytes} bytes together${failing.words}; Lambda takes ${most}.`;
  return [report(failing.isCertain ? 'function-environment' : 'function-environment-prefix', origin, message)];
}

/** Bytes of variables together, with an environment whose name takes so many characters of each value it stands in. */
export function environmentBytes(variables: readonly Variable[], prefixLength: number): number {
  const encoder = new TextEncoder();
  return variables.reduce((sum, { name, value, isPrefixed }) => {
    return sum + encoder.encode(name + value).length + (isPrefixed ? prefixLength : 0);
  }, 0);
}

/** The variables of a consumer's function. */
export function consumerVariables(topology: Topology, consumer: Consumer): readonly Variable[] {
  const { delivery, emits, claims, service } = consumer;
  return withoutRepeats([
    queueAt(deadLetterQueueVariable),
    ...(delivery.type === 'queue' ? [queueAt(queueVariable)] : []),
    ...(remembers(consumer) ? [prefixed(tableVariable, `${topology.system}-${service}-memory`)] : []),
    ...(claims === true ? [bucket(topology)] : []),
    ...publishVariables(topology, emits),
    ...callVariables(topology, service),
  ]);
}

/** The variables of the relay of an outbox. */
export function relayVariables(topology: Topology, service: string, { publishes }: Outbox): readonly Variable[] {
  return withoutRepeats([
    prefixed(outboxTableVariable, `${topology.system}-${service}-outbox`),
    queueAt(deadLetterQueueVariable),
    ...publishVariables(topology, publishes),
  ]);
}

function publishVariables(topology: Topology, addresses: readonly EventAddress[]): readonly Variable[] {
  const keys = new Set(addresses.map(({ destination }) => destination));
  const isClaimed = addresses.some(({ claimCheck }) => claimCheck !== undefined);
  return [
    ...topology.destinations
      .filter(({ key }) => keys.has(key))
      .map((destination) => prefixed(destination.environmentVariable, environmentValue(destination))),
    ...(isClaimed ? [bucket(topology)] : []),
  ];
}

/** The functions that a service may call: each by its name. */
function callVariables({ system, services, consumers }: Topology, service: string): readonly Variable[] {
  const calls = services.find(({ name }) => name === service)?.calls ?? [];
  return calls.flatMap(({ consumer: key, environmentVariable }) => {
    const called = consumers.find((consumer) => consumer.key === key);
    if (called === undefined) return [];
    return [prefixed(environmentVariable, calledFunctionName(system, called.service, called.constructId))];
  });
}

function bucket({ system }: Topology): Variable {
  return prefixed(claimBucketVariable, claimBucketName(system));
}

/** A queue may have a name of its own or one that CloudFormation chooses, which is as long as names get. */
function queueAt(name: string): Variable {
  return { name, value: chosenQueueUrl, isPrefixed: false };
}

function prefixed(name: string, value: string): Variable {
  return { name, value, isPrefixed: true };
}

function withoutRepeats(variables: readonly Variable[]): readonly Variable[] {
  return [...new Map(variables.map((variable) => [variable.name, variable])).values()];
}
