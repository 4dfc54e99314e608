import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putEventsEntryBytes } from './entry-size.ts';

describe('putEventsEntryBytes', () => {
  it('counts the UTF-8 bytes of source, detail type, detail and resources', () => {
    expect(putEventsEntryBytes({ Source: 'ab', DetailType: 'c', Detail: '{"n":"é€😀"}', Resources: ['x', 'yz'] })).toBe(
      2 + 1 + (8 + 2 + 3 + 4) + 3,
    );
  });

  it('adds 14 bytes for a time', () => {
    expect(putEventsEntryBytes({ Time: new Date(0), Source: 'a' })).toBe(15);
    expect(putEventsEntryBytes({ Time: undefined, Source: 'a' })).toBe(1);
  });

  it('counts an empty entry as nothing', () => {
    expect(putEventsEntryBytes({})).toBe(0);
  });
});

it('counts as many bytes as its UTF-8 has, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.integer({ min: 0, max: 0xffff })), (text, units) => {
      const Detail = text + String.fromCharCode(...units);
      expect(putEventsEntryBytes({ Detail })).toBe(new TextEncoder().encode(Detail).length);
    }),
  );
});
