import type { BusDestination } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { CfnArchive, EventBus, IncludeDetail, Level } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { encryptionKey } from '../encryption.ts';
import { archiveName } from '../physical-name.ts';
import { addDeadLetterQueue, allowSenders } from '../queues.ts';
import { allowAccounts } from './bus-policy.ts';

const levels = { error: Level.ERROR, info: Level.INFO, trace: Level.TRACE } as const;

/** A bus, and where EventBridge puts the events that it cannot decrypt. */
export interface AddedBus {
  readonly bus: EventBus;
  /** Undefined where AWS manages the keys: then there is nothing that could fail. */
  readonly deadLetterQueue: Queue | undefined;
}

/** Adds a bus with its archive, its policy and its key. */
export function addBus(scope: Construct, destination: BusDestination, name: string): AddedBus {
  const { constructId, logging } = destination;
  const kmsKey = encryptionKey(scope);
  const deadLetterQueue = kmsKey === undefined ? undefined : addBusDeadLetterQueue(scope, constructId, name);
  const bus = new EventBus(scope, constructId, {
    eventBusName: name,
    ...(logging === undefined
      ? {}
      : {
          logConfig: {
            level: levels[logging.level],
            includeDetail: logging.detail ? IncludeDetail.FULL : IncludeDetail.NONE,
          },
        }),
    ...(kmsKey === undefined ? {} : { kmsKey }),
    ...(deadLetterQueue === undefined ? {} : { deadLetterQueue }),
  });
  addArchive(bus, destination, name);
  allowAccounts(bus, destination);
  return { bus, deadLetterQueue };
}

/** No pattern: everything is archived, except what is replayed, which EventBridge leaves out by itself. */
function addArchive(bus: EventBus, { archive }: BusDestination, name: string): void {
  if (archive === null) return;
  const key = encryptionKey(bus);
  new CfnArchive(bus, 'Archive', {
    archiveName: archiveName(name),
    sourceArn: bus.eventBusArn,
    retentionDays: archive.retentionDays,
    ...(key === undefined ? {} : { kmsKeyIdentifier: key.keyArn }),
  });
}

/**
 * What a bus with a key of one's own cannot decrypt goes there
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html). Mostly that is because the
 * key is disabled or its policy broken, so this one queue must do without it.
 */
function addBusDeadLetterQueue(scope: Construct, busId: string, name: string): Queue {
  const queue = addDeadLetterQueue(scope, `${busId}DeadLetterQueue`, { fifo: false, withoutOwnKey: true });
  const arnOf = (resource: string, resourceName: string): string =>
    Stack.of(scope).formatArn({ service: 'events', resource, resourceName });
  // Nobody documents for which of the two EventBridge acts here: the bus, or a rule that the event was to be matched with.
  allowSenders(queue, 'events', [arnOf('event-bus', name), arnOf('rule', `${name}/*`)]);
  return queue;
}
