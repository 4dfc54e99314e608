import { expect, test } from 'vitest';
import { type ChannelsTarget, queueOf } from './target.ts';

const base = 'https://sqs.eu-west-1.amazonaws.com/111122223333/';
const target: ChannelsTarget = {
  kind: 'channels',
  queues: [
    { url: `${base}arrivals`, events: ['ParcelArrived', 'ParcelMoved'] },
    { url: `${base}returns`, events: ['ParcelReturned', 'ParcelMoved'] },
  ],
  otherwise: null,
};

test('an event goes back to the one queue that carries it, whatever the caller says of others', () => {
  expect(queueOf(target, 'ParcelReturned')).toBe(`${base}returns`);
  expect(queueOf({ ...target, otherwise: 'mine' }, 'ParcelArrived')).toBe(`${base}arrivals`);
});

test.each([
  ['ParcelMoved', 'ParcelMoved may have come from arrivals or returns: name the queue with --queue-url'],
  ['ParcelLost', 'the consumer takes no ParcelLost from arrivals or returns: name the queue with --queue-url'],
  [
    null,
    'the message does not name its event, which may belong to arrivals or returns: name the queue with --queue-url',
  ],
])('of %s it is not known where it belongs, unless the caller says it', (event, message) => {
  expect(() => queueOf(target, event)).toThrow(message);
  expect(queueOf({ ...target, otherwise: 'mine' }, event)).toBe('mine');
});
