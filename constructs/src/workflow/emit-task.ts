import type { EventAddress } from '@eventloom/engine';
import { Aws } from 'aws-cdk-lib';
import { JsonPath, QueryLanguage } from 'aws-cdk-lib/aws-stepfunctions';
import { ConstructError } from '../construct-error.ts';
import type { LocatedDestination } from '../destinations.ts';
import { plainText } from '../subscribers/plain-text.ts';

/** What a task says of one event. */
export interface Emission {
  readonly address: EventAddress;
  readonly located: LocatedDestination;
  readonly detail: unknown;
  readonly groupId: string | undefined;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly queryLanguage: QueryLanguage;
}

/** A task of Step Functions before its parameters are rendered. */
export interface RenderedEmission {
  readonly resource: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Returns the call that publishes an event to its destination. */
export function renderEmission(emission: Emission): RenderedEmission {
  const { located, detail } = emission;
  const { destination, arn, environmentValue } = located;
  switch (destination.kind) {
    case 'bus':
      return { resource: integration('events:putEvents'), parameters: { Entries: [entryOf(emission)] } };
    case 'topic':
      return {
        resource: integration('sns:publish'),
        parameters: { TopicArn: arn, Message: detail, ...messageOf(emission, destination) },
      };
    case 'queue':
      return {
        resource: integration('sqs:sendMessage'),
        parameters: { QueueUrl: environmentValue, MessageBody: detail, ...messageOf(emission, destination) },
      };
    default:
      return destination satisfies never;
  }
}

function integration(action: string): string {
  return `arn:${Aws.PARTITION}:states:::${action}`;
}

/** EventBridge puts the execution into `resources` by itself, and a failed entry fails the task. */
function entryOf({ address, located, detail, queryLanguage }: Emission): object {
  return {
    Detail: detail,
    DetailType: literal('event', address.name, queryLanguage),
    EventBusName: located.name,
    Source: literal('source', address.source, queryLanguage),
  };
}

/** What every publisher sends along with a message, and what FIFO asks for. */
function messageOf(
  emission: Emission,
  { key, fifo, contentBasedDeduplication }: { key: string; fifo: boolean; contentBasedDeduplication: boolean },
): object {
  const { address, groupId, attributes, queryLanguage } = emission;
  if (fifo && groupId === undefined) {
    throw new ConstructError(
      'missing-group',
      `'${key}' is FIFO: say the message group of ${address.name} in 'groupId'.`,
    );
  }
  const known = {
    type: literal('event', address.name, queryLanguage),
    id: uuid(queryLanguage),
    time: enteredTime(queryLanguage),
  };
  return {
    MessageAttributes: Object.fromEntries(
      Object.entries({ ...attributes, ...known }).map(([name, value]) => [name, attributeOf(value)]),
    ),
    ...(fifo ? { MessageGroupId: groupId } : {}),
    ...(fifo && !contentBasedDeduplication ? { MessageDeduplicationId: uuid(queryLanguage) } : {}),
  };
}

function attributeOf(value: string | number): object {
  return typeof value === 'number'
    ? { DataType: 'Number', StringValue: String(value) }
    : { DataType: 'String', StringValue: value };
}

function uuid(queryLanguage: QueryLanguage): string {
  return queryLanguage === QueryLanguage.JSONATA ? '{% $uuid() %}' : JsonPath.uuid();
}

function enteredTime(queryLanguage: QueryLanguage): string {
  const jsonata = queryLanguage === QueryLanguage.JSONATA;
  return jsonata ? '{% $states.context.State.EnteredTime %}' : JsonPath.stateEnteredTime;
}

/** @throws ConstructError `dynamic-reference` for a text that would be more than itself. */
function literal(what: string, text: string, queryLanguage: QueryLanguage): string {
  if (queryLanguage !== QueryLanguage.JSONATA || !text.startsWith('{%')) return plainText(what, text);
  throw new ConstructError(
    'dynamic-reference',
    `Step Functions would evaluate the ${what} '${text}': use JSONPath here.`,
  );
}
