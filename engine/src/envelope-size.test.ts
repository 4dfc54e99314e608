import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { putEventsEntryBytes } from './entry-size.ts';
import { maximumEntryBytes } from './envelope-size.ts';

/** An event as EventBridge delivers it, with every field as long as it gets. */
const delivered = (name: string, source: string, Detail: string, resources: readonly string[]): string =>
  `{"version":"0","id":"6a7e8feb-b491-4cf7-a9f1-bf3703467718","detail-type":${JSON.stringify(name)},"source":${JSON.stringify(source)},"account":"111122223333","time":"2026-11-20T18:43:48Z","region":"ap-northeast-1","resources":${JSON.stringify(resources)},"detail":${Detail},"replay-name":"${'r'.repeat(64)}"}`;

const bytes = (text: string): number => Buffer.byteLength(text);

describe('maximumEntryBytes', () => {
  test('leaves room for the envelope, whatever the name, source, payload and resources', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 100 });
    const urns = fc.array(fc.webUrl(), { maxLength: 3 });
    fc.assert(
      fc.property(text, text, fc.dictionary(fc.string(), fc.string()), urns, (name, source, payload, Resources) => {
        const Detail = JSON.stringify(payload);
        const entry = putEventsEntryBytes({ Source: source, DetailType: name, Detail, Resources });
        // A target that takes just this entry by the formula takes the event too.
        const target = entry + (10_000 - maximumEntryBytes({ name, source }, 10_000));
        expect(maximumEntryBytes({ name, source }, target)).toBe(entry);
        expect(bytes(delivered(name, source, Detail, Resources))).toBeLessThanOrEqual(target);
      }),
    );
  });

  test('counts what JSON escapes in name and source', () => {
    const plain = maximumEntryBytes({ name: 'Order', source: 'shop' }, 262_144);
    expect(plain).toBe(262_144 - 1_024);
    expect(maximumEntryBytes({ name: 'Or"er', source: 'sh\\p' }, 262_144)).toBe(plain - 2);
  });
});
