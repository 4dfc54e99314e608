import type { LambdaContext, LambdaHandler } from '@eventloom/runtime';
import { type Command, nameOf, type Sabotage, withHandlersClient } from './sabotage.ts';

type Respond = (input: unknown, context: LambdaContext) => Promise<unknown>;

const replace = <Key extends string>(handler: LambdaHandler<Key>, respond: Respond): LambdaHandler<Key> =>
  Object.assign(respond, handler);

type Failures = { readonly batchItemFailures?: readonly object[] } | undefined;

const isDeadLetter = (command: Command): boolean =>
  nameOf(command) === 'SendMessageCommand' && /-dlq(?:\.fifo)?$/.test(String(command.input.QueueUrl));

/** Protections of handlers. */
export const handling: readonly Sabotage[] = [
  {
    name: 'failed records are in the partial batch response',
    found: 'lost',
    handler: (handler) =>
      replace(handler, async (input, context) => {
        await handler(input, context);
        return { batchItemFailures: [] };
      }),
  },
  {
    name: 'a failed event fails the invocation of a function without a queue',
    found: 'lost',
    handler: (handler) =>
      handler.delivery === 'function'
        ? replace(handler, (input, context) => handler(input, context).catch(() => null))
        : handler,
  },
  {
    name: 'payloads are validated before the handler runs',
    found: 'handled though unchecked',
    definition: ({ receives }) => {
      const validators = receives.map(({ validate }) => validate);
      for (const received of receives) Object.assign(received, { validate: () => true });
      return () => receives.forEach((received, index) => void Object.assign(received, { validate: validators[index] }));
    },
  },
  {
    name: 'what can never be handled goes to the dead-letter queue',
    found: 'lost',
    invocation: (invocation) =>
      withHandlersClient(invocation, 'sqs', async (send, command) => (isDeadLetter(command) ? {} : send())),
  },
  {
    name: 'an event whose dead letter was refused comes again',
    found: 'lost',
    invocation: (invocation) =>
      withHandlersClient(invocation, 'sqs', (send, command) =>
        isDeadLetter(command) ? send().catch(() => ({})) : send(),
      ),
  },
  {
    name: 'a dead letter says why it is one',
    found: 'no reason',
    invocation: (invocation) =>
      withHandlersClient(invocation, 'sqs', (send, command) => {
        if (isDeadLetter(command)) delete Object(command.input).MessageAttributes?.['eventloom.failure'];
        return send();
      }),
  },
  {
    name: 'a FIFO group ends at its first failure',
    found: 'out of order',
    handler: (handler) =>
      handler.definition.fifo ? replace(handler, (input, context) => oneByOne(handler, input, context)) : handler,
  },
  {
    name: 'events come again when they asked to',
    found: 'late',
    invocation: (invocation) =>
      withHandlersClient(invocation, 'sqs', async (send, command) =>
        nameOf(command) === 'ChangeMessageVisibilityBatchCommand' ? {} : send(),
      ),
  },
  {
    name: 'a claim that cannot be read now is read later',
    found: 'no such reason: handler: claim',
    invocation: (invocation) =>
      withHandlersClient(invocation, 's3', (send, command) =>
        send().catch((error: unknown) => {
          if (nameOf(command) !== 'GetObjectCommand') throw error;
          throw Object.assign(new Error('Gone'), { name: 'NoSuchKey' });
        }),
      ),
  },
];

/** Handles each record as a batch of its own, so that none waits for another. */
async function oneByOne(handler: LambdaHandler, input: unknown, context: LambdaContext): Promise<unknown> {
  const { Records } = input as { readonly Records: readonly object[] };
  const answers: Failures[] = [];
  for (const record of Records) answers.push((await handler({ Records: [record] }, context)) as Failures);
  return { batchItemFailures: answers.flatMap((answer) => answer?.batchItemFailures ?? []) };
}
