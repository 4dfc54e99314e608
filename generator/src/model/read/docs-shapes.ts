import { type FieldShape, textThat } from './fields.ts';

/** A text with something in it, without the space around it. */
export const someText: FieldShape<string> = {
  expected: 'a text',
  parse: (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined),
};

/** A version. YAML reads `1.0` as a number and loses what makes it a version. */
export const versionText: FieldShape<string> = {
  ...someText,
  expected: "a text, in quotes when it is a number: `'1.0'`",
};

/** A day of the calendar. */
export const calendarDate: FieldShape<string> = textThat('a date such as `2026-03-31`', (text) => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
});

/** A colour as HTML writes it, in small letters. */
export const hexColour: FieldShape<string> = {
  expected: "a colour in quotes, such as `'#0b6e4f'`",
  parse: (value) => (typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value.toLowerCase() : undefined),
};

/** An address that a page may link to. */
export const linkUrl: FieldShape<string> = {
  expected: 'an address that starts with `https://`, `http://` or `mailto:`',
  parse: (value) => (typeof value === 'string' && isLinkUrl(value.trim()) ? value.trim() : undefined),
};

/** A file below the spec's folder, which the loader judges. */
export const filePath: FieldShape<string> = textThat(
  'the path of a file below the folder of the spec, such as `./docs/guide.md`',
  (text) => text !== '',
);

function isLinkUrl(text: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s\p{Cc}\p{Surrogate}]+$/iu.test(text) && URL.canParse(text);
}
