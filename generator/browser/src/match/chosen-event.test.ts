import { expect, test } from 'vitest';
import { matchAnchor } from '../../../src/site/browser/match-anchor.ts';
import { hrefFrom } from '../../../src/site/site-paths.ts';
import { chosenIn, hashOf } from './chosen-event.ts';

const events = [
  { name: 'Order & Co=#100%', source: 'shop+orders' },
  { name: 'Order & Co=#100%', source: 'depot' },
  { name: '__proto__', source: '' },
];

test.each(events)('a link to an event has it chosen, encoded once or twice: %j', (event) => {
  expect(chosenIn(hashOf(event), events)).toBe(event);
  const href = hrefFrom('events/x.html', { path: 'match.html', anchor: matchAnchor(event) });
  expect(chosenIn(href.slice(href.indexOf('#')), events)).toBe(event);
});

test('a name alone is enough, and anything else is no event', () => {
  expect(chosenIn(`#event=${encodeURIComponent('Order & Co=#100%')}`, events)).toBe(events[0]);
  for (const hash of ['', '#', '#match-form', '#event=Other', '#%', '#source=depot']) {
    expect(chosenIn(hash, events)).toBeNull();
  }
});
