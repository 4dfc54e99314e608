import type { EndpointAuthorization, HttpDelivery, Subscriber } from '@eventloom/engine';
import { count } from '../../count.ts';
import type { Fact, Words } from '../../site-model.ts';
import { code, duration, plain, together } from '../words.ts';

/** What a consumer without a handler delivers to. */
export function subscriberFacts({ delivery, constructId }: Subscriber): readonly Fact[] {
  return [
    ...deliveryFacts({ delivery, constructId }),
    {
      label: 'Dead-letter queue',
      value: `construct ${code(`${constructId}/DeadLetterQueue`)}, for what could not be delivered`,
    },
  ];
}

function deliveryFacts({ delivery, constructId }: Pick<Subscriber, 'delivery' | 'constructId'>): readonly Fact[] {
  const construct = (name: string) => `construct ${code(`${constructId}/${name}`)}`;
  switch (delivery.type) {
    case 'workflow':
      return [
        {
          label: 'State machine',
          value: `${delivery.definition === null ? 'handed in to the constructs' : construct('StateMachine')}, ${delivery.kind}`,
        },
        { label: 'Input', value: inputWords(delivery.input) },
      ];
    case 'stream':
      return delivery.kind === 'kinesis'
        ? [
            { label: 'Stream', value: construct('Stream') },
            {
              label: 'Partition key',
              value: delivery.partitionKey === null ? 'the event’s id' : code(delivery.partitionKey),
            },
            { label: 'Shards', value: delivery.shards === null ? 'on demand' : String(delivery.shards) },
            { label: 'Kept for', value: duration(delivery.retentionHours * 60 * 60) },
          ]
        : [
            { label: 'Stream', value: construct('DeliveryStream') },
            { label: 'Bucket', value: construct('Bucket') },
            { label: 'Gathered for', value: `${duration(delivery.bufferSeconds)} or ${delivery.bufferMb} MiB` },
            { label: 'Compression', value: delivery.compression },
            ...(delivery.partitions.length === 0
              ? []
              : [{ label: 'Folders', value: `${together(delivery.partitions.map(code))}, then the date` }]),
            {
              label: 'Kept for',
              value: delivery.expireDays === null ? 'ever' : count(delivery.expireDays, 'day'),
            },
          ];
    case 'bus':
      return [
        { label: 'To bus', value: code(delivery.busName) },
        ...(delivery.account === null ? [] : [{ label: 'Of account', value: code(delivery.account) }]),
        ...(delivery.region === null ? [] : [{ label: 'In Region', value: code(delivery.region) }]),
      ];
    case 'endpoint':
      return [
        { label: 'Calls', value: `${delivery.method} ${code(delivery.url)}` },
        { label: 'Body', value: inputWords(delivery.body) },
        { label: 'Authorization', value: authorizationWords(delivery.authorization) },
        {
          label: 'Rate',
          value:
            delivery.ratePerSecond === null
              ? 'left to EventBridge'
              : `${count(delivery.ratePerSecond, 'call')} a second at most`,
        },
      ];
    case 'log':
      return [
        { label: 'Log group', value: construct('Events') },
        { label: 'Kept for', value: count(delivery.retentionDays, 'day') },
      ];
    case 'email':
      return [
        {
          label: 'Sent to',
          value: `${count(delivery.addresses.length, 'address', 'addresses')}, each of which must confirm`,
        },
      ];
    case 'sms':
      return [{ label: 'Sent to', value: count(delivery.numbers.length, 'number') }];
    case 'http':
      return httpFacts(delivery);
    case 'none':
      if (delivery.arn !== null) return [{ label: 'Queue', value: `${code(delivery.arn)}, of another owner` }];
      return [
        { label: 'Queue', value: `${construct('Queue')}${delivery.fifo ? ', FIFO' : ''}; nobody of ours reads it` },
        { label: 'Receives', value: `${delivery.maxReceiveCount} at most, then the dead-letter queue` },
        { label: 'Visibility time-out', value: duration(delivery.visibilityTimeoutSeconds) },
      ];
    default:
      return delivery satisfies never;
  }
}

function inputWords(input: 'payload' | 'event'): Words {
  return input === 'payload' ? 'the payload alone' : 'the whole EventBridge envelope';
}

function httpFacts({ url, raw, policy }: HttpDelivery): readonly Fact[] {
  const { retries, minimumDelaySeconds, maximumDelaySeconds, backoff, maximumPerSecond } = policy;
  return [
    { label: 'Calls', value: `POST ${code(url)}, which must confirm` },
    { label: 'Body', value: raw ? 'the message alone' : 'the document of SNS, signed' },
    {
      label: 'Retries',
      value: `${retries}, ${duration(minimumDelaySeconds)} to ${duration(maximumDelaySeconds)} apart, ${backoff}`,
    },
    ...(maximumPerSecond === null
      ? []
      : [{ label: 'Rate', value: `${count(maximumPerSecond, 'call')} a second at most` }]),
  ];
}

function authorizationWords(given: EndpointAuthorization): Words {
  switch (given.kind) {
    case 'apiKey':
      return `API key in the header ${code(given.header)}`;
    case 'basic':
      return `user name and password, as ${code(given.username)}`;
    case 'oauth':
      return `OAuth client credentials of ${plain(given.tokenUrl)}`;
    default:
      return given satisfies never;
  }
}
