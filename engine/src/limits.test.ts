import { describe, expect, it } from 'vitest';
import {
  batchEntries,
  changeVisibilityBatchEntries,
  embeddedMetricValues,
  eventResourceCharacters,
  functionTimeoutSecondsMaximum,
  type LimitId,
  limits,
  messageGroupIdCharacters,
  postponementSecondsMaximum,
  putEventsEntryTimeBytes,
  putEventsRequestBytes,
  queueMessageAttributes,
  queueMessageBytesMaximum,
  retentionSecondsMaximum,
  tableItemBytes,
  topicMessageBytesDefault,
  traceHeaderCharacters,
  visibilityTimeoutSecondsMaximum,
} from './limits.ts';

const all = Object.values(limits);

describe('the limits of AWS', () => {
  it('name a source and the month it was read', () => {
    for (const { id, source, checked } of all) {
      expect(source, id).toMatch(/^https:\/\//);
      expect(checked, id).toMatch(/^\d{4}-\d{2}$/);
    }
  });

  it('carry the key under which they stand', () => {
    for (const [key, { id }] of Object.entries(limits)) expect(id).toBe(key);
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(limits)).toBe(true);
    expect(all.every((limit) => Object.isFrozen(limit))).toBe(true);
  });

  it('tell quotas that can be raised from what is fixed', () => {
    expect(limits.rulesPerBus).toMatchObject({ value: 300, kind: 'maximum', adjustable: true });
    expect(limits.targetsPerRule).toMatchObject({ value: 5, kind: 'maximum', adjustable: false });
  });

  it('have minima, defaults and maxima in this order', () => {
    const ids = Object.keys(limits) as LimitId[];
    const value = (id: string): number | undefined =>
      ids.filter((other) => other === id).map((other) => limits[other].value)[0];
    const maxima = ids.filter((id) => id.endsWith('Maximum'));
    expect(maxima.length).toBeGreaterThan(10);
    for (const id of maxima) {
      const least = value(id.replace(/Maximum$/, 'Minimum')) ?? Number.NEGATIVE_INFINITY;
      const usual = value(id.replace(/Maximum$/, 'Default')) ?? limits[id].value;
      expect(least <= usual && usual <= limits[id].value, id).toBe(true);
    }
  });

  it('are the same where they stand alone', () => {
    for (const id of ['putEventsEntries', 'publishBatchEntries', 'sendMessageBatchEntries'] as const)
      expect(batchEntries).toBe(limits[id].value);
    expect(queueMessageBytesMaximum).toBe(limits.sendMessageBatchBytes.value);
    expect(putEventsRequestBytes).toBe(limits.putEventsRequestBytes.value);
    expect(putEventsEntryTimeBytes).toBe(limits.putEventsEntryTimeBytes.value);
    expect(topicMessageBytesDefault).toBe(limits.topicMessageBytesDefault.value);
    expect(queueMessageBytesMaximum).toBe(limits.queueMessageBytesMaximum.value);
    expect(queueMessageAttributes).toBe(limits.queueMessageAttributes.value);
    for (const id of ['messageGroupIdCharacters', 'deduplicationIdCharacters'] as const)
      expect(messageGroupIdCharacters).toBe(limits[id].value);
    expect(eventResourceCharacters).toBe(limits.eventResourceCharacters.value);
    expect(traceHeaderCharacters).toBe(limits.traceHeaderCharacters.value);
    expect(embeddedMetricValues).toBe(limits.embeddedMetricValues.value);
    expect(tableItemBytes).toBe(limits.tableItemBytes.value);
    expect(retentionSecondsMaximum).toBe(limits.retentionSecondsMaximum.value);
    expect(changeVisibilityBatchEntries).toBe(limits.changeVisibilityBatchEntries.value);
    expect(visibilityTimeoutSecondsMaximum).toBe(limits.visibilityTimeoutSecondsMaximum.value);
    expect(functionTimeoutSecondsMaximum).toBe(limits.functionTimeoutSecondsMaximum.value);
    expect(postponementSecondsMaximum).toBe(
      visibilityTimeoutSecondsMaximum - functionTimeoutSecondsMaximum - limits.batchingWindowSecondsMaximum.value,
    );
  });
});
