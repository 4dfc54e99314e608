import { describe, expect, test } from 'vitest';
import { deadLetterQueueName, stackName } from './physical-name.ts';

describe('physical names', () => {
  test('of stacks start with the environment; the core stack bears the name of the system', () => {
    expect(stackName('shop', 'fraud', 'dev')).toBe('dev-shop-fraud');
    expect(stackName('shop', 'fraud', undefined)).toBe('shop-fraud');
    expect(stackName('shop', undefined, 'dev')).toBe('dev-shop');
  });

  test('of dead-letter queues keep the ending that FIFO queues must have', () => {
    expect(deadLetterQueueName('labels')).toBe('labels-dead-letters');
    expect(deadLetterQueueName('labels.fifo')).toBe('labels-dead-letters.fifo');
  });
});
