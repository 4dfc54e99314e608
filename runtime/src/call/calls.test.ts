import { describe, expect, test } from 'vitest';
import type { Feature } from '../feature.ts';
import type { LambdaHandler } from '../invocation.ts';
import { invocationKey } from '../invocation.ts';
import { metrics } from '../observe/metrics.ts';
import type { Validator } from '../validator.ts';
import { answeringHandler } from './answering-handler.ts';
import type { CallDefinition } from './call-definition.ts';
import type { CallOptions } from './call-options.ts';
import { createCalls } from './create-calls.ts';

const having = (field: string): Validator<unknown> =>
  Object.assign((value: unknown): value is unknown => field in Object(value), {
    errors: [{ instancePath: '', keyword: 'required', params: { missingProperty: field } }],
  });

const event = { name: 'QuoteRequested', source: 'shop.quotes', validate: having('parcel') };
const reply = { name: 'Quote', validate: having('price') };
const definition = {
  key: 'shipping/quote',
  service: 'shipping',
  consumer: 'quote',
  routes: ['eventbridge'],
  receives: [event],
  emits: [],
} as const;

type Sent = {
  readonly input: { readonly InvocationType: string; readonly FunctionName: string; readonly Payload: Uint8Array };
};

/** A Lambda with one function in it. */
function lambdaWith(handler: LambdaHandler, deadLetters: object[] = []) {
  const sent: Sent['input'][] = [];
  const sqs = { send: async (command: object) => deadLetters.push(command) };
  const environment = { EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq' };
  const invocation = { environment, clients: { sqs }, log: () => {} };
  const send = async (command: object): Promise<unknown> => {
    const { input } = command as Sent;
    sent.push(input);
    if (input.InvocationType === 'Event') return { StatusCode: 202 };
    const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
    try {
      const answer = await handler(JSON.parse(new TextDecoder().decode(input.Payload)), {
        [invocationKey]: invocation,
      });
      return { StatusCode: 200, Payload: encode(answer ?? null) };
    } catch (error) {
      const { name, message } = error as Error;
      return {
        StatusCode: 200,
        FunctionError: 'Unhandled',
        Payload: encode({ errorType: name, errorMessage: message }),
      };
    }
  };
  return { sent, send };
}

interface Calls {
  quote(payload: object, options?: CallOptions): Promise<unknown>;
}

function callsOver(
  client: { send(command: object): Promise<unknown> },
  own: Partial<CallDefinition> = { reply },
): Calls {
  const calls = { quote: { event, environmentVariable: 'QUOTE_FUNCTION', ...own } };
  return createCalls(
    { service: 'shop', calls },
    { environment: { QUOTE_FUNCTION: 'quotes' }, clients: { lambda: client } },
  );
}

describe('a direct call', () => {
  test('resolves with what the function answers', async () => {
    const seen: unknown[] = [];
    const handler = answeringHandler(definition, reply, ({ payload, id, correlationId }) => {
      seen.push({ payload, id, correlationId });
      return { price: 7 };
    });
    const answer = await callsOver(lambdaWith(handler)).quote({ parcel: 1 }, { id: 'q-1', correlationId: 'order-1' });
    expect(answer).toEqual({ price: 7 });
    expect(seen).toEqual([{ payload: { parcel: 1 }, id: 'q-1', correlationId: 'order-1' }]);
  });

  test('sends nothing that is invalid', async () => {
    const lambda = lambdaWith(answeringHandler(definition, reply, () => ({ price: 7 })));
    await expect(callsOver(lambda).quote({})).rejects.toMatchObject({ code: 'invalid-payload' });
    expect(lambda.sent).toEqual([]);
  });

  test('without a reply hands the event over and does not wait', async () => {
    const lambda = lambdaWith(answeringHandler(definition, reply, () => ({ price: 7 })));
    await expect(callsOver(lambda, {}).quote({ parcel: 1 })).resolves.toBeUndefined();
    expect(lambda.sent).toMatchObject([{ InvocationType: 'Event', FunctionName: 'quotes' }]);
  });

  test('that fails tells the caller why, and no dead-letter queue', async () => {
    const deadLetters: object[] = [];
    const handler = answeringHandler(definition, reply, () => {
      throw new RangeError('too heavy');
    });
    const lambda = lambdaWith(handler, deadLetters);
    await expect(callsOver(lambda).quote({ parcel: 1 })).rejects.toMatchObject({
      name: 'CallError',
      code: 'function-failed',
      errorType: 'RangeError',
      message: expect.stringContaining('too heavy'),
    });
    expect(deadLetters).toEqual([]);
  });

  test('whose function answers what its spec does not allow fails in the function', async () => {
    const handler = answeringHandler(definition, reply, () => ({ cost: 7 }));
    await expect(callsOver(lambdaWith(handler)).quote({ parcel: 1 })).rejects.toMatchObject({
      code: 'function-failed',
      errorType: 'ValidationFailure',
    });
  });

  test('does not believe a function of another version', async () => {
    const client = { send: async () => ({ Payload: new TextEncoder().encode('{"cost":7}') }) };
    await expect(callsOver(client).quote({ parcel: 1 })).rejects.toMatchObject({
      code: 'invalid-reply',
      reply: { cost: 7 },
    });
  });

  test('that AWS refuses has the code of the SDK, and its error as cause', async () => {
    const cause = Object.assign(new Error('no such function'), { name: 'ResourceNotFoundException' });
    const client = { send: () => Promise.reject(cause) };
    await expect(callsOver(client).quote({ parcel: 1 })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      cause,
    });
  });

  test('cannot be made without knowing where the function is', () => {
    expect(() =>
      createCalls(
        { service: 'shop', calls: { quote: { event, environmentVariable: 'NOWHERE' } } },
        { environment: {} },
      ),
    ).toThrow(expect.objectContaining({ code: 'missing-variable', variable: 'NOWHERE' }));
  });
});

test('an answering handler still dead-letters what a rule brings and it refuses', async () => {
  const deadLetters: object[] = [];
  const handler = answeringHandler(definition, reply, () => ({ price: 7 }));
  const sqs = { send: async (command: object) => deadLetters.push(command) };
  const envelope = {
    id: 'e-1',
    'detail-type': event.name,
    source: event.source,
    time: '2026-11-20T18:43:48Z',
    detail: {},
  };
  const environment = { EVENTLOOM_DEAD_LETTER_QUEUE_URL: 'https://sqs/1/dlq' };
  await handler(envelope, { [invocationKey]: { environment, clients: { sqs }, log: () => {} } });
  expect(deadLetters).toHaveLength(1);
});

describe('a feature of a handler that answers', () => {
  const call = { 'detail-type': 'QuoteRequested', source: 'shop.quotes', id: 'q-1', detail: { parcel: 1 } };
  const invocation = { environment: {}, clients: {}, log: (_: string, line: string) => lines.push(JSON.parse(line)) };
  const lines: unknown[] = [];

  test('is told of the end of the session that it was told of before: its events are counted', async () => {
    const handler = answeringHandler(definition, reply, () => ({ price: 7 }), [metrics()]);
    await expect(handler(call, { [invocationKey]: invocation })).resolves.toEqual({ price: 7 });
    expect(lines).toMatchObject([{ consumer: 'quote', Received: 1, Handled: 1 }]);
  });

  test('sees that no time is left', async () => {
    const seen: boolean[] = [];
    const looking: Feature = {
      around: async ({ session, context: { signal } }, next) => {
        seen.push(session.isLate());
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        seen.push(session.isLate());
        return next();
      },
    };
    const handler = answeringHandler(definition, reply, () => ({ price: 7 }), [looking]);
    await handler(call, { getRemainingTimeInMillis: () => 520, [invocationKey]: invocation });
    expect(seen).toEqual([false, true]);
  });
});
