import { createHash } from 'node:crypto';
import type { Interceptor } from '@eventloom/local';
import type { LambdaContext, LambdaHandler } from '@eventloom/runtime';

/** A protection taken away, to show that the suite would notice. Each part is optional. */
export interface Sabotage {
  /** What the suite should find, in a few words. */
  readonly found: string;
  /** Stands in for the handler that Eventloom made. */
  readonly handler?: <Key extends string>(handler: LambdaHandler<Key>) => LambdaHandler<Key>;
  /** Stands between the clients and what goes wrong on the wire, outermost. */
  readonly wire?: Interceptor;
  /** Publishes without checking payloads, as a producer that does not use the SDK would. Handlers must notice. */
  readonly unchecked?: boolean;
}

type Respond = (input: unknown, context: LambdaContext) => Promise<unknown>;

const replace = <Key extends string>(handler: LambdaHandler<Key>, respond: Respond): LambdaHandler<Key> =>
  Object.assign(respond, handler);

type Failures = { readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[] } | undefined;

/** The protections, by name. `none` takes nothing away. */
export const sabotages: Readonly<Record<string, Sabotage>> = {
  none: { found: 'nothing' },
  'partial batch response': {
    found: 'lost',
    handler: (handler) =>
      replace(handler, async (input, context) => {
        await handler(input, context);
        return { batchItemFailures: [] };
      }),
  },
  'rejection of a failed invocation': {
    found: 'lost',
    handler: (handler) => replace(handler, (input, context) => handler(input, context).catch(() => null)),
  },
  'retry of failed entries': {
    found: 'lost',
    wire: (call, next) => {
      const answer = next(call);
      if (call.operation !== 'PutEvents') return answer;
      const { Entries } = answer as { readonly Entries: readonly { readonly EventId?: string }[] };
      const accepted = Entries.map(({ EventId }) => ({ EventId: EventId ?? 'made-up' }));
      return { FailedEntryCount: 0, Entries: accepted };
    },
  },
  'sending to the dead-letter queue': {
    found: 'lost',
    wire: (call, next) => {
      const { QueueUrl, MessageBody } = call.input;
      if (call.operation !== 'SendMessage' || !/-dlq/.test(String(QueueUrl))) return next(call);
      return { MessageId: 'made-up', MD5OfMessageBody: createHash('md5').update(String(MessageBody)).digest('hex') };
    },
  },
  'the lock of idempotency': {
    found: 'twice',
    wire: (call, next) => {
      if (call.service !== 'dynamodb' || call.operation !== 'PutItem') return next(call);
      // An expression may not have names and values that it does not use.
      const {
        ConditionExpression: _,
        ExpressionAttributeNames: __,
        ExpressionAttributeValues: ___,
        ...input
      } = call.input;
      return next({ ...call, input });
    },
  },
  'the end of a FIFO group at its first failure': {
    found: 'out of order',
    handler: (handler) =>
      handler.consumer === 'accounts/applyMovement'
        ? replace(handler, (input, context) => oneByOne(handler, input, context))
        : handler,
  },
};

/** Handles each record as a batch of its own, so that none waits for another. */
async function oneByOne(handler: LambdaHandler, input: unknown, context: LambdaContext): Promise<unknown> {
  const { Records } = input as { readonly Records: readonly object[] };
  const answers: Failures[] = [];
  for (const record of Records) answers.push((await handler({ Records: [record] }, context)) as Failures);
  return { batchItemFailures: answers.flatMap((answer) => answer?.batchItemFailures ?? []) };
}
