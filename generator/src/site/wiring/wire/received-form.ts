import type { Delivery, Route, SubscriberDelivery } from '@eventloom/engine';
import type { SiteContext } from '../../site-context.ts';
import type { WireForm } from '../../site-model.ts';
import { encodeName } from '../../site-paths.ts';
import type { Reception } from '../receptions.ts';
import { stackOf } from '../stack-names.ts';
import { code } from '../words.ts';
import { asMessage, behindRule, type Carried, destinationOf, type WireEvent } from './carried.ts';
import { valueAt } from './pointers.ts';
import { notificationDocument, queueEvent, receivedMessage, topicEvent } from './shapes.ts';

type Form = Omit<WireForm, 'consumers'>;

/** What a receiver gets. Two receptions with one anchor get the same, but for the name of a queue. */
export function receivedForm({ topology }: SiteContext, reception: Reception, wire: WireEvent): Form {
  const { route, receiver } = reception;
  const topic = 'topic' in route ? destinationOf(topology, route.topic)?.name : undefined;
  const entrance = destinationOf(topology, 'queue' in route ? route.queue : 'bus' in route ? route.bus : route.topic);
  const place: Place = {
    route,
    wire,
    carried: carriedBy(route, wire),
    topicName: topic ?? '',
    from: `${entrance?.kind ?? 'destination'} ${code(entrance?.name ?? '')}${route.kind === 'eventbridge-sns' ? ` and topic ${code(topic ?? '')}` : ''}`,
    queueName:
      route.kind === 'sqs'
        ? (entrance?.name ?? '')
        : `${stackOf(topology, receiver.wiring.key)}-${receiver.wiring.constructId}Queue-EXAMPLE`,
    fifo: isFifo(receiver.wiring.delivery) || (entrance?.kind === 'queue' && entrance.fifo),
  };
  const { variant, value, ...words } = formOf(receiver.wiring.delivery, place);
  return { anchor: `wire-${route.kind}-${variant}`, ...words, json: JSON.stringify(value, null, 2) };
}

interface Place {
  readonly route: Route;
  readonly wire: WireEvent;
  readonly carried: Carried;
  readonly topicName: string;
  readonly from: string;
  readonly queueName: string;
  readonly fifo: boolean;
}

interface Spelled {
  /** Told apart where one type of delivery gives several forms. */
  readonly variant: string;
  readonly title: string;
  readonly explanation: string;
  readonly value: unknown;
}

function carriedBy(route: Route, wire: WireEvent): Carried {
  return route.kind === 'eventbridge' || route.kind === 'eventbridge-sns' ? behindRule(wire) : asMessage(wire);
}

function isFifo(delivery: Delivery | SubscriberDelivery): boolean {
  return (delivery.type === 'queue' || delivery.type === 'none') && delivery.fifo;
}

function formOf(delivery: Delivery | SubscriberDelivery, place: Place): Spelled {
  const { carried, from, queueName, fifo, topicName, wire } = place;
  switch (delivery.type) {
    case 'queue':
      return {
        variant: 'queue',
        title: `Lambda behind a queue, from ${from}`,
        explanation: `One record of a batch. ${bodyWords(place, '`body`')}`,
        value: queueEvent(carried, {
          name: fifo && !queueName.endsWith('.fifo') ? `${queueName}.fifo` : queueName,
          fifo,
        }),
      };
    case 'function':
      return functionForm(place);
    case 'workflow':
      return {
        variant: `workflow-${delivery.input}`,
        title: `Input of an execution, from ${from}`,
        explanation: delivery.input === 'payload' ? 'The payload alone.' : 'The whole EventBridge envelope.',
        value: delivery.input === 'payload' ? wire.payload : wire.envelope,
      };
    case 'stream':
      return delivery.kind === 'kinesis' ? kinesisForm(delivery.partitionKey, place) : firehoseForm(place);
    case 'bus':
      return {
        variant: 'bus',
        title: `On the other bus, from ${from}`,
        explanation: 'The envelope as it is, with the account and Region of the first bus.',
        value: wire.envelope,
      };
    case 'endpoint':
      return {
        variant: `endpoint-${delivery.body}`,
        title: `Body of the request, from ${from}`,
        explanation: delivery.body === 'payload' ? 'The payload alone, as JSON.' : 'The whole EventBridge envelope.',
        value: delivery.body === 'payload' ? wire.payload : wire.envelope,
      };
    case 'log':
      return {
        variant: 'log',
        title: `Event of the log group, from ${from}`,
        explanation: 'The EventBridge envelope, on one line in the log.',
        value: wire.envelope,
      };
    case 'email':
      return text('email', `Text of the mail, from ${from}`, place, ' SNS adds how to unsubscribe.');
    case 'sms':
      return text('sms', `Text message, from ${from}`, place, '');
    case 'http':
      return delivery.raw
        ? {
            variant: 'http-raw',
            title: `Body of the request, from ${from}`,
            explanation: bodyWords(place, 'The body'),
            value: JSON.parse(carried.body),
          }
        : {
            variant: 'http',
            title: `Body of the request, from ${from}`,
            explanation: `The document of SNS, whose signature is to be checked. ${bodyWords(place, '`Message`')}`,
            value: notificationDocument(carried, topicName),
          };
    case 'none':
      return {
        variant: 'none',
        title: `Message received from the queue, from ${from}`,
        explanation: `The answer of ReceiveMessage when all attributes are asked for. ${bodyWords(place, '`Body`')}`,
        value: receivedMessage(carried, fifo),
      };
    default:
      return delivery satisfies never;
  }
}

function functionForm({ carried, from, topicName, route, wire }: Place): Spelled {
  if (route.kind === 'eventbridge') {
    return {
      variant: 'function',
      title: `Lambda invoked by a rule, from ${from}`,
      explanation: 'The EventBridge envelope itself. `detail` is the payload, exactly.',
      value: wire.envelope,
    };
  }
  const what = route.kind === 'sns' ? 'the payload' : 'the EventBridge envelope';
  return {
    variant: 'function',
    title: `Lambda invoked by a subscription, from ${from}`,
    explanation: `The event of SNS, always with one record. \`Message\` is ${what} as JSON text.`,
    value: topicEvent(carried, topicName),
  };
}

/** Which of the two a body is. */
function bodyWords({ route }: Place, field: string): string {
  switch (route.kind) {
    case 'eventbridge':
      return `${field} is the EventBridge envelope as JSON text; there are no message attributes.`;
    case 'eventbridge-sns':
      return `${field} is the EventBridge envelope as JSON text: the rule hands it to the topic. There are no message attributes.`;
    case 'sns':
      return `${field} is the payload as JSON text, exactly; the attributes of the message come along.`;
    case 'sqs':
      return `${field} is the payload as JSON text, exactly, with the attributes of the publisher.`;
    default:
      return route satisfies never;
  }
}

function kinesisForm(pointer: string | null, { wire, from }: Place): Spelled {
  const value = pointer === null ? wire.envelope.id : valueAt(wire.envelope.detail, pointer);
  const key = typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
  return {
    variant: pointer === null ? 'kinesis' : `kinesis.${encodeName(pointer)}`,
    title: `Record of the stream, from ${from}`,
    explanation: '`Data` is the EventBridge envelope; GetRecords and Lambda give it in Base64, here it is text.',
    value: { PartitionKey: key, Data: JSON.stringify(wire.envelope) },
  };
}

function firehoseForm(place: Place): Spelled {
  return {
    variant: 'firehose',
    title: `Line of an object in the bucket, from ${place.from}`,
    explanation: `One line without spaces, followed by a line break. ${place.route.kind === 'sns' ? 'It is the payload, exactly; attributes are not kept.' : 'It is the EventBridge envelope.'}`,
    value: JSON.parse(place.carried.body),
  };
}

function text(variant: string, title: string, place: Place, more: string): Spelled {
  return {
    variant,
    title,
    explanation: `JSON text, as the ${place.route.kind === 'sns' ? 'publisher sent it' : 'rule handed it to the topic'}.${more}`,
    value: JSON.parse(place.carried.body),
  };
}
