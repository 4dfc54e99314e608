import { describe, expect, test } from 'vitest';
import { definitionOf, environment, given } from '../../../test/support/batch-system.ts';
import type { AwsClient } from '../connection.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { PublishOptions } from './options.ts';
import type { PublishFeature } from './publish-feature.ts';
import type { GivenEvent } from './publish-many.ts';
import { createPublisher } from './publisher.ts';
import { toBus } from './to-bus.ts';
import type { SendOnce } from './transport.ts';

interface Publisher extends EventPublisher<GivenEvent> {
  send(payload: unknown, options?: PublishOptions): Promise<unknown>;
}

/** A publisher whose events are all to be claimed, in the time of the machine. */
function publisherOver(send: AwsClient['send'], claim?: PublishFeature['claim'], sendOne = toBus.sendOne): Publisher {
  const event = { ...definitionOf('Bus', { ...toBus, sendOne }), claimCheck: { aboveBytes: 0, keep: [] } };
  return createPublisher<Publisher>(
    { service: 's', operations: { send: [event] } },
    { environment, clients: { eventBridge: { send } } },
    claim ? [{ claim }] : [],
  );
}

const never = (): Promise<never> => new Promise(() => {});

describe('the end of the time for one event', () => {
  test('cuts off a request that hangs', async () => {
    await expect(publisherOver(never).send({ n: 1 }, { timeoutMilliseconds: 50 })).rejects.toMatchObject({
      name: 'PublishError',
      code: 'unconfirmed',
      cause: { name: 'TimeoutError' },
      entry: { payload: { n: 1 } },
    });
  });

  test('cuts off a request when the signal is aborted, for its reason', async () => {
    const controller = new AbortController();
    const publisher = publisherOver(() => {
      setImmediate(() => controller.abort('enough'));
      return never();
    });
    const publishing = publisher.send({ n: 1 }, { signal: controller.signal });
    await expect(publishing).rejects.toMatchObject({ code: 'unconfirmed', cause: 'enough' });
  });

  test('sends nothing when the signal is aborted before', async () => {
    let sent = 0;
    const publishing = publisherOver(async () => ++sent).send({ n: 1 }, { signal: AbortSignal.abort('enough') });
    await expect(publishing).rejects.toMatchObject({ code: 'aborted', cause: 'enough' });
    expect(sent).toBe(0);
  });

  test.each<[string, SendOnce]>([
    ['goes on', toBus.sendOne],
    ['hangs', never],
  ])('sends nothing when the signal is aborted while a request is made that %s', async (_, sendOne) => {
    const controller = new AbortController();
    let sent = 0;
    const publisher = publisherOver(
      async () => ++sent,
      undefined,
      (...args) => {
        controller.abort('enough');
        return sendOne(...args);
      },
    );
    const publishing = publisher.send({ n: 1 }, { signal: controller.signal });
    await expect(publishing).rejects.toMatchObject({ code: 'unconfirmed', cause: 'enough' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toBe(0);
  });

  test('cuts off a claim that hangs; nothing is sent then', async () => {
    let sent = 0;
    let claims = 0;
    const publisher = publisherOver(
      async () => ++sent,
      () => {
        claims++;
        return never();
      },
    );
    const limits = { timeoutMilliseconds: 50 };
    await expect(publisher.send({ n: 1 }, limits)).rejects.toMatchObject({ code: 'timed-out' });
    const results = await publisher.$publishSettled([given('Bus', 1), given('Bus', 2)], { ...limits, concurrency: 1 });
    expect(results.map(({ failure }) => failure?.code)).toEqual(['timed-out', 'timed-out']);
    expect(claims).toBe(2);
    expect(sent).toBe(0);
  });

  test('leaves nothing at a signal that lives on', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    signal.addEventListener = () => listeners++;
    signal.removeEventListener = () => listeners--;
    const publisher = publisherOver(async () => {
      expect(listeners).toBe(1);
      return { Entries: [{ EventId: 'accepted' }] };
    });
    await publisher.send({ n: 1 }, { signal });
    await publisher.$publish([given('Bus', 1)], { signal });
    expect(listeners).toBe(0);
  });
});

test('many calls with one signal, and many requests of one call, are no leak to warn of', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  try {
    const { signal } = new AbortController();
    const publisher = publisherOver(async (_, options) => {
      await new Promise(setImmediate);
      // As the SDK's request handler does.
      options?.abortSignal?.addEventListener('abort', () => {});
      return { Entries: [{ EventId: 'accepted' }] };
    });
    await Promise.all(Array.from({ length: 20 }, (_, n) => publisher.send({ n }, { signal })));
    await publisher.$publishSettled(
      Array.from({ length: 200 }, (_, n) => given('Bus', n)),
      { concurrency: 20 },
    );
    await new Promise(setImmediate);
    expect(warnings).toEqual([]);
  } finally {
    process.off('warning', note);
  }
});
