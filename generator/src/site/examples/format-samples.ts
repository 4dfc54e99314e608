import { hash } from './search.ts';

/** What texts of a format are drawn from. */
export interface FormatWish {
  readonly salt: string;
  readonly variant: number;
}

/** Texts of a format, the most usual first; none for a format that is not known. */
export function formatSamples(format: string, { salt, variant }: FormatWish): readonly string[] {
  const number = variant % 28;
  const make = Object.hasOwn(samples, format) ? samples[format] : undefined;
  return make === undefined ? [] : make({ salt, number, suffix: number === 0 ? '' : `-${number + 1}` });
}

interface Seed {
  readonly salt: string;
  /** Below 28: a day of each month. */
  readonly number: number;
  readonly suffix: string;
}

const samples: Readonly<Record<string, (seed: Seed) => readonly string[]>> = {
  uuid: ({ salt }) => [uuidOf(salt)],
  'date-time': ({ number }) => dates(number).map((date) => `${date}T09:30:00Z`),
  date: ({ number }) => dates(number),
  time: ({ number }) => [`09:${pad(30 + number)}:00Z`],
  'iso-time': ({ number }) => [`09:${pad(30 + number)}:00`],
  'iso-date-time': ({ number }) => dates(number).map((date) => `${date}T09:30:00`),
  duration: ({ number }) => [`P${number + 1}D`, 'PT15M', 'P1W'],
  uri: ({ suffix }) => [`https://example.com/page${suffix}`, 'urn:example:a', 'a:b'],
  url: ({ suffix }) => [`https://example.com/page${suffix}`, 'ftp://a.bc'],
  'uri-reference': ({ suffix }) => [`/page${suffix}`, `https://example.com/page${suffix}`, ''],
  'uri-template': ({ suffix }) => [`/page${suffix}/{id}`],
  email: ({ suffix }) => [`ada${suffix}@example.com`, 'a@b.cd', `someone.with.a.long.name${suffix}@mail.example.com`],
  hostname: ({ suffix }) => [`host${suffix}.example.com`, `host${suffix}`, 'a'],
  ipv4: ({ number }) => [`192.0.2.${number + 1}`],
  ipv6: ({ number }) => [`2001:db8::${number + 1}`],
  regex: ({ number }) => [`^[a-z]{${number + 1}}$`, 'a'],
  'json-pointer': ({ number }) => [`/items/${number}`, ''],
  'json-pointer-uri-fragment': ({ number }) => [`#/items/${number}`],
  'relative-json-pointer': ({ number }) => [`${number}/name`, '0'],
  byte: ({ number }) => [base64Of(`text ${number + 1}`), 'AAAA'],
};

/** Days in the year of writing, then far off ones for limits. */
function dates(number: number): readonly string[] {
  const day = pad(1 + ((13 + number) % 28));
  return ['2026-03', '2030-06', '2000-01', '1970-01', '2099-12'].map((month) => `${month}-${day}`);
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function base64Of(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A version 4 identifier drawn from a text. */
function uuidOf(salt: string): string {
  const digits = [0, 1, 2, 3].map((part) => hash(`${salt}/${part}`).toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[hash(salt) % 4];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
