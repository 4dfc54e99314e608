import type { Search } from './search.ts';

/** Texts that a field of the name may hold: a usual one, then what its name says. */
export function likelyTexts(name: string, size: Search['size']): readonly string[] {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const known = [words.join(''), last].find((word) => Object.hasOwn(usual, word));
  const [short, long] = known === undefined ? spelled(words) : (usual[known] ?? spelled(words));
  return size === 'smallest' ? [short, long] : [long, short];
}

/** A short and a long text for common fields, by the words of their name without spaces. */
const usual: Readonly<Record<string, readonly [string, string]>> = {
  address: ['Karlstr. 4', '12 Mill Lane, Flat 3, Leeds LS1 4AP'],
  author: ['Ada', 'Ada Augusta King, Countess of Lovelace'],
  city: ['Ulm', 'Stratford-upon-Avon'],
  code: ['A1', 'A1-2026-0420'],
  comment: ['Fine', 'All is well, thank you for asking'],
  company: ['Acme', 'Acme Tea and Pottery Trading Company'],
  country: ['DE', 'GB'],
  currency: ['EUR', 'GBP'],
  description: ['Tea', 'Darjeeling tea, second flush, 250 grams'],
  email: ['ada@example.com', 'ada.lovelace@mail.example.com'],
  firstname: ['Ada', 'Ada Augusta'],
  givenname: ['Ada', 'Ada Augusta'],
  familyname: ['Lum', 'Lovelace-Babbage'],
  key: ['key', 'key'],
  language: ['en', 'en-GB'],
  lastname: ['Lum', 'Lovelace-Babbage'],
  line1: ['Karlstr. 4', '12 Mill Lane'],
  line2: ['Flat 3', 'Second floor, at the back'],
  locale: ['en', 'en-GB'],
  message: ['Hello', 'Hello, your parcel is on its way to you'],
  name: ['Ada', 'Ada Augusta Lovelace'],
  note: ['Fine', 'Please leave it with the neighbours'],
  phone: ['+4973112345', '+44 113 496 0000'],
  postalcode: ['89073', 'LS1 4AP'],
  reason: ['Other', 'The customer has changed their mind'],
  sku: ['TEA-1', 'TEA-0420-DARJEELING'],
  street: ['Karlstr. 4', '12 Mill Lane'],
  subject: ['Hello', 'Your parcel is on its way'],
  text: ['Hello', 'Hello, this is a longer text'],
  title: ['Tea', 'A small book about tea and its makers'],
  url: ['https://example.com', 'https://example.com/a/longer/path?with=query'],
  version: ['1', '1.12.0'],
  zip: ['89073', '10001-1234'],
};

/** The words of a name in camelCase, kebab-case or snake_case, in lower case; only letters and digits of ASCII. */
function wordsOf(name: string): readonly string[] {
  const parts = name
    .slice(0, 60)
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1 ')
    .toLowerCase();
  return parts.split(/[^a-z0-9]+/).filter((word) => word !== '');
}

/** What the name itself gives: identifiers look like such, other texts are words. */
function spelled(words: readonly string[]): readonly [string, string] {
  if (words.length === 0) return ['text', 'a longer text'];
  const [last = ''] = words.slice(-1);
  if (/^(id|ids|key|number|no|ref|reference|token)$/.test(last)) {
    const subject = words.slice(0, -1).join('-') || last;
    return [`${subject}-1`, `${subject}-20260314-0001`];
  }
  const text = words.join(' ');
  return [text, `a longer ${text}`];
}
