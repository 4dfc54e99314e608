import { fullFormats } from 'ajv-formats/dist/formats.js';
import { expect, test } from 'vitest';
import {
  type CompareTexts,
  compareDate,
  compareDateTime,
  compareIsoDateTime,
  compareIsoTime,
  compareTime,
} from './compare.ts';

const ours: Readonly<Record<string, CompareTexts>> = {
  date: compareDate,
  time: compareTime,
  'date-time': compareDateTime,
  'iso-time': compareIsoTime,
  'iso-date-time': compareIsoDateTime,
};

const texts = [
  ...[
    '',
    'x',
    '2026-01-01',
    '2026-11-20',
    '1970-01-01',
    '10:00:00Z',
    '10:00:00+02:00',
    '10:00:00',
    '09:59:59.5Z',
    '24:00:00Z',
  ],
  ...[
    '2026-11-20T10:00:00Z',
    '2026-11-20T12:00:00+02:00',
    '2026-11-20 10:00:01Z',
    '2026-11-20T10:00:00',
    '2026-11-21t10:00:00z',
    '2026-11-20T',
  ],
];

test.each(Object.keys(ours))('orders texts of %s as ajv-formats does', (name) => {
  const theirs = (fullFormats as unknown as Record<string, { compare: CompareTexts }>)[name]?.compare;
  for (const left of texts) {
    for (const right of texts)
      expect([left, right, ours[name]?.(left, right)]).toEqual([left, right, theirs?.(left, right)]);
  }
});
