import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition } from '../definitions.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import type { LambdaHandler } from '../invocation.ts';
import type { Attributes } from '../publish/entry.ts';
import { type Attended, attend } from './attend.ts';
import { inSessions, type Session } from './session.ts';

/** Lambda's partial batch response: what is not listed is deleted from the queue. */
export interface BatchItemFailures {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

type AnyEvent = ReceivedEvent<string, string, unknown>;

/**
 * Makes the Lambda handler of a consumer with a queue. It handles the records of a batch at the same time, or in order
 * on a FIFO queue, and answers with those that failed; one record never fails another.
 * Its event source mapping must report batch item failures. The first of the features stands outermost.
 */
export function queueHandler<Key extends string, Event extends AnyEvent, Context extends HandlerContext>(
  definition: ConsumerDefinition<Key>,
  handle: (event: Event, context: Context) => unknown,
  features: readonly Feature[] = [],
): LambdaHandler<Key, Event> {
  const respond = inSessions({ definition, handle, features }, answer);
  return Object.assign(respond, { consumer: definition.key, definition, delivery: 'queue' as const });
}

/** What is read of a record of SQS. */
interface QueueRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes?: { readonly [name: string]: string };
  readonly messageAttributes?: { readonly [name: string]: QueueAttribute };
}

interface QueueAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  /** In base64. */
  readonly binaryValue?: string;
}

async function answer(session: Session, input: unknown): Promise<BatchItemFailures> {
  const { Records } = Object(input) as { Records: readonly QueueRecord[] };
  if (!Array.isArray(Records)) throw new TypeError('The input is no batch of SQS: it has no Records');
  const deliveries = Records.map((record) => deliveryOf(session, Object(record)));
  const failed = await failuresOf(session, deliveries);
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

interface QueueDelivery extends Attended {
  readonly group: string | undefined;
}

/**
 * Attends to all deliveries, and returns those that failed. On a FIFO queue a group ends where an event of it was not
 * handled: the rest of it comes back. Groups do not touch each other.
 */
async function failuresOf(session: Session, deliveries: readonly QueueDelivery[]): Promise<QueueDelivery[]> {
  const { fifo } = session.definition;
  const ended = new Set<string | undefined>();
  const failed = new Set<QueueDelivery>();
  const settle = async (delivery: QueueDelivery): Promise<void> => {
    const outcome = ended.has(delivery.group) ? undefined : await attend(session, delivery).catch(() => undefined);
    if (fifo && outcome !== 'handled') ended.add(delivery.group);
    if (!outcome) failed.add(delivery);
  };
  if (fifo) for (const delivery of deliveries) await settle(delivery);
  else await Promise.all(deliveries.map(settle));
  return deliveries.filter((delivery) => failed.has(delivery));
}

function deliveryOf({ definition: { routes } }: Session, record: QueueRecord): QueueDelivery {
  const { messageId, body } = record;
  const attributes: NonNullable<QueueRecord['attributes']> = Object(record.attributes);
  const messageAttributes: NonNullable<QueueRecord['messageAttributes']> = Object(record.messageAttributes);
  const group = attributes.MessageGroupId;
  return {
    routes,
    messageId,
    group,
    body: () => JSON.parse(body),
    attribute: (name) => messageAttributes[name]?.stringValue,
    sentAt: Number(attributes.SentTimestamp) || 0,
    attempt: Number(attributes.ApproximateReceiveCount) || 1,
    deadLetter: () => ({ body, attributes: kept(messageAttributes), groupId: group }),
  };
}

/** The attributes of a received message, as they are sent. */
function kept(attributes: NonNullable<QueueRecord['messageAttributes']>): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      {
        DataType: dataType,
        StringValue: stringValue,
        BinaryValue: binaryValue === undefined ? undefined : Buffer.from(binaryValue, 'base64'),
      },
    ]),
  );
}
