import { Stack } from 'aws-cdk-lib';
import type { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { tagsOf } from '../applied-settings.ts';
import { checkResourceCount } from '../check-resource-count.ts';
import { locateDestinations } from '../destinations.ts';
import { useEncryption } from '../encryption.ts';
import type { EventConsumer } from '../event-consumer.ts';
import { stackName } from '../physical-name.ts';
import type { EventSubscriber } from '../subscribers/event-subscriber.ts';
import { remembers } from '../tables.ts';
import { addPart, type PartOptions, splitAdvice } from './add-part.ts';

/** What a further stack of a service is built from. */
export type ServicePartStackProps = Pick<PartOptions, 'service' | 'part' | 'settings'>;

/**
 * A further stack of a service whose resources do not fit into one: about as many consumers as in each of the others.
 * Table, outbox and ingresses of the service are in its first stack, `ServiceStack`, which makes this one.
 */
export class ServicePartStack extends Stack {
  /** 1 or more; it stands at the end of the stack's name. */
  readonly number: number;
  readonly consumers: ReadonlyMap<string, EventConsumer>;
  readonly subscribers: ReadonlyMap<string, EventSubscriber>;
  readonly alarms: ReadonlyMap<string, CfnAlarm>;
  readonly dashboard: CfnDashboard | undefined;

  constructor(scope: Construct, id: string, { service, part, settings }: ServicePartStackProps) {
    const { topology, environment, env } = settings;
    super(scope, id, {
      ...tagsOf(settings.settings),
      stackName: stackName(topology.system, part.name, environment),
      description: `Service ${service.name} of ${topology.system}: further event consumers`,
      ...(env === undefined ? {} : { env }),
    });
    useEncryption(this, { system: topology.system, environment, settings: settings.settings });
    this.number = part.number;
    const destinations = locateDestinations(this, topology, environment);
    const memory = destinations.memoryTable(service.name);
    const table = part.consumers.some(remembers) ? { tableName: memory.name, tableArn: memory.arn } : undefined;
    const resources = addPart(this, { service, part, settings, destinations, table });
    this.consumers = resources.consumers;
    this.subscribers = resources.subscribers;
    this.alarms = resources.alarms;
    this.dashboard = resources.dashboard;
    checkResourceCount(this, splitAdvice(topology, service));
  }
}
