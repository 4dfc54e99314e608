import { retentionSecondsMaximum } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { gatherer, message, noting } from '../../../test/support/gatherer.ts';
import { PermanentError } from '../errors.ts';

describe('a consumer that gathers, once the time for a group is up,', () => {
  test('dead-letters a part that comes after its group ended without it', async () => {
    const queue = gatherer({ complete: () => {}, onTimeout: () => {} });
    await queue.drain([message(0, 2), message(1, 2, { visibleAt: 90_000 })]);
    expect(queue.deadLetters).toMatchObject([{ id: 'm-1', code: 'gather-closed' }]);
  });

  test('counts a part once that comes again after its group ended with it', async () => {
    const queue = gatherer({ complete: () => {}, onTimeout: () => {} });
    const again = message(1, 3, { id: 'again', visibleAt: 90_000 });
    await queue.drain([message(0, 3), message(1, 3), again]);
    expect(queue.deadLetters).toEqual([]);
  });

  test('dead-letters a part that came while its group was handled without it', async () => {
    const late: Promise<unknown>[] = [];
    const onTimeout = async (): Promise<void> => {
      late.push(queue.deliver(message(1, 2)));
      await expect(late[0]).rejects.toMatchObject({ code: 'gather-busy' });
    };
    const queue = gatherer({ complete: () => {}, onTimeout });
    await queue.drain([message(0, 2)]);
    await queue.drain([message(1, 2)]);
    expect([late.length, queue.deadLetters]).toEqual([
      1,
      [expect.objectContaining({ id: 'm-1', code: 'gather-closed' })],
    ]);
  });

  test('is called with all parts when the last comes after time was up', async () => {
    const { calls, handle } = noting();
    const queue = gatherer(handle);
    await queue.drain([message(0, 3), message(1, 3, { visibleAt: 90_000 }), message(2, 3, { visibleAt: 100_000 })]);
    expect([calls, queue.deadLetters.map(({ code }) => code)]).toEqual([[[0, 1, 2]], ['gather-timeout']]);
  });

  test('waits anew for what is missing when the letter that told of it is redriven', async () => {
    const { calls, handle } = noting();
    const queue = gatherer(handle);
    await queue.drain([message(0, 2)]);
    queue.now = 1_000_000;
    const redriven = message(0, 2, { id: 'redriven' });
    await expect(queue.deliver(redriven)).rejects.toMatchObject({ code: 'gather-waiting', retryAfterSeconds: 60 });
    await queue.drain([{ ...redriven, visibleAt: 1_060_000 }]);
    expect(queue.deadLetters.map(({ id, code }) => [id, code])).toEqual([
      ['m-0', 'gather-timeout'],
      ['redriven', 'gather-timeout'],
    ]);
    await queue.drain([
      message(0, 2, { id: 'once more', visibleAt: 1_100_000 }),
      message(1, 2, { visibleAt: 1_110_000 }),
    ]);
    expect([calls, queue.deadLetters.length]).toEqual([[[0, 1]], 2]);
  });

  test('keeps what has come for as long as a group that waits anew may need it', async () => {
    const queue = gatherer(() => {}, 60);
    await queue.drain([message(0, 3), message(1, 3)]);
    queue.now = 1_000_000_000;
    await queue.deliver(message(0, 3, { id: 'redriven' })).catch(() => {});
    const expirations = [...queue.items.values()].map((item) => Number(Object(item).expiration.N));
    expect(expirations).toEqual(Array.from({ length: 3 }, () => 1_000_000 + 60 + retentionSecondsMaximum));
  });

  test('calls onTimeout again for a letter that it refused, once that is redriven', async () => {
    let calls = 0;
    const onTimeout = (): void => {
      if (++calls === 1) throw new PermanentError('too few');
    };
    const queue = gatherer({ complete: () => {}, onTimeout });
    await queue.drain([message(0, 2), message(0, 2, { id: 'redriven', visibleAt: 90_000 })]);
    expect([calls, queue.deadLetters]).toEqual([2, [expect.objectContaining({ id: 'm-0', code: 'permanent' })]]);
  });

  test('dead-letters a part that disagrees with a group that has ended', async () => {
    const queue = gatherer(() => {});
    await queue.drain([message(0, 1)]);
    await queue.drain([message(1, 2)]);
    expect(queue.deadLetters).toMatchObject([{ id: 'm-1', code: 'part-mismatch' }]);
  });
});
