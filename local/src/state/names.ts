import type { Consumer, Destination } from '@eventloom/engine';

/** Where the local system pretends to be. */
export interface Location {
  /** For example `us-east-1`. */
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
}

/** The name of a consumer's queue. */
export function consumerQueueName(system: string, consumer: Consumer): string {
  const fifo = consumer.delivery.type === 'queue' && consumer.delivery.fifo;
  return `${system}-${consumer.service}-${consumer.consumer}${fifo ? '.fifo' : ''}`;
}

/** The name of the dead-letter queue of the queue `name`; FIFO stays FIFO. */
export function deadLetterQueueName(name: string): string {
  return name.endsWith('.fifo') ? `${name.slice(0, -'.fifo'.length)}-dlq.fifo` : `${name}-dlq`;
}

/** The name of a consumer's function. */
export function functionName(system: string, consumer: Consumer): string {
  return `${system}-${consumer.service}-${consumer.consumer}`;
}

/** The URL of a queue. */
export function queueUrl({ region, account }: Location, name: string): string {
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

/** The ARN of a resource of `service`, such as `event-bus/shop`. */
export function arn({ region, account }: Location, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** What a destination's environment variable holds: a bus name, a topic ARN or a queue URL. */
export function environmentValue(location: Location, destination: Destination): string {
  switch (destination.kind) {
    case 'bus':
      return destination.name;
    case 'topic':
      return arn(location, 'sns', destination.name);
    case 'queue':
      return queueUrl(location, destination.name);
    default:
      return destination satisfies never;
  }
}

/** The name of the table for what the handlers of a service remember. */
export function tableName(system: string, service: string): string {
  return `${system}-${service}`;
}

/** The name of the table that a service writes its events to. */
export function outboxTableName(system: string, service: string): string {
  return `${system}-${service}-outbox`;
}

/** The name of the bucket for claims. */
export function claimBucketName(system: string): string {
  return `${system}-claims`;
}
