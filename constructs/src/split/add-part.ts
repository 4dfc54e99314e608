import type { Consumer, ResolvedSettings, Service, StackPart, Topology } from '@eventloom/engine';
import type { Stack } from 'aws-cdk-lib';
import type { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { AppliedSettings } from '../applied-settings.ts';
import { ConstructError } from '../construct-error.ts';
import type { Destinations } from '../destinations.ts';
import { EventConsumer } from '../event-consumer.ts';
import { alarmTopicArn } from '../observe/alarm-topic.ts';
import { addAlarms } from '../observe/alarms.ts';
import { addServiceDashboard } from '../observe/service-dashboard.ts';
import { watchConsumer, watchSubscriber } from '../observe/watch.ts';
import type { Watched } from '../observe/watched.ts';
import { type FunctionSettings, functionSettings } from '../service-function.ts';
import type { StackSettings } from '../stack-settings.ts';
import { addSubscribers } from '../subscribers/add-subscribers.ts';
import type { EventSubscriber } from '../subscribers/event-subscriber.ts';
import type { WorkflowSources } from '../subscribers/workflow-source.ts';
import type { NamedTable } from '../tables.ts';

/** What all stacks of a service are built from. */
export interface PartSettings extends StackSettings, FunctionSettings {
  readonly code?: Code | undefined;
  readonly workflows?: WorkflowSources | undefined;
}

/** What is added to one of the stacks of a service. */
export interface PartOptions {
  readonly service: Service;
  readonly part: StackPart;
  readonly settings: AppliedSettings<PartSettings>;
  readonly destinations: Destinations;
  /** The service's table, which is in its first stack. */
  readonly table: NamedTable | undefined;
  /** What else is watched there. */
  readonly watched?: readonly Watched[];
}

/** What a stack of a service holds of it. */
export interface PartResources {
  readonly consumers: ReadonlyMap<string, EventConsumer>;
  readonly subscribers: ReadonlyMap<string, EventSubscriber>;
  /** By their names in the stack: `screenHighValueOrder-dead-letters`, `errors`. */
  readonly alarms: ReadonlyMap<string, CfnAlarm>;
  /** Undefined when it is turned off. */
  readonly dashboard: CfnDashboard | undefined;
}

/** Adds the consumers and subscribers of a part of a service to its stack, with their alarms and their dashboard. */
export function addPart(stack: Stack, options: PartOptions): PartResources {
  const { part, settings, destinations, table } = options;
  const resolved = settings.settings;
  const consumers = new Map(
    part.consumers.map((consumer) => [consumer.key, addConsumer(stack, consumer, { settings, destinations, table })]),
  );
  const { workflows } = settings;
  const subscribers = addSubscribers(stack, part.subscribers, { settings, destinations, workflows });
  const watched = [
    ...[...consumers.values()].map((consumer) => watchConsumer(settings.topology, consumer, resolved)),
    ...[...subscribers.values()].map((subscriber) => watchSubscriber(subscriber, resolved)),
    ...(options.watched ?? []),
  ];
  return { consumers, subscribers, ...observePart(stack, options, { watched, resolved }) };
}

function observePart(
  stack: Stack,
  { service, part, settings, destinations }: PartOptions,
  { watched, resolved }: { readonly watched: readonly Watched[]; readonly resolved: ResolvedSettings },
): Pick<PartResources, 'alarms' | 'dashboard'> {
  const topicArn = alarmTopicArn(stack, settings.topology.system, settings.environment);
  const alarms = addAlarms(stack, watched, { topicArn });
  if (!resolved.dashboard) return { alarms, dashboard: undefined };
  const publishes = [
    ...(part.number === 0 ? service.publishes : []),
    ...[...part.consumers, ...part.subscribers].flatMap(({ emits }) => emits),
  ];
  const props = { service: service.name, watched, alarms, publishes, destinations };
  return { alarms, dashboard: addServiceDashboard(stack, props) };
}

function addConsumer(
  stack: Stack,
  consumer: Consumer,
  { settings, destinations, table }: Pick<PartOptions, 'settings' | 'destinations' | 'table'>,
): EventConsumer {
  const { code } = settings;
  if (code === undefined) {
    throw new ConstructError(
      'missing-code',
      `Service ${consumer.service} has consumers but no code: pass its bundle as 'code'.`,
    );
  }
  return new EventConsumer(stack, consumer.constructId, {
    consumer,
    code,
    destinations,
    ...(table === undefined ? {} : { table }),
    ...functionSettings(settings),
  });
}

/** Returns what is told of a service whose stack is too large even so. */
export function splitAdvice({ system }: Pick<Topology, 'system'>, { name }: Service): string {
  return `Service ${name} of ${system} is split where it can be: what is left has too many routes, addresses or ingresses of its own. Move some of it to another x-service.`;
}
