import { describe, expect, it } from 'vitest';
import { prices } from './prices.ts';

describe('the prices of AWS', () => {
  it('name a source, the month it was read, and how sure they are', () => {
    for (const [key, { id, source, checked, confidence }] of Object.entries(prices)) {
      expect(id).toBe(key);
      expect(source, key).toMatch(/^https:\/\//);
      expect(checked, key).toMatch(/^\d{4}-\d{2}$/);
      expect(['published', 'documented', 'thirdParty', 'unconfirmed'], key).toContain(confidence);
    }
  });

  it('are positive, and for a number of units', () => {
    for (const { id, usd, per, unit, freeUnits } of Object.values(prices)) {
      expect(usd > 0 && per >= 1 && freeUnits >= 0, id).toBe(true);
      expect(unit, id).not.toBe('');
    }
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(prices) && Object.values(prices).every(Object.isFrozen)).toBe(true);
  });
});
