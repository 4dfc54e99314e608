const group = '[\\da-f]{1,4}';
const number = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const dotted = `${number}(?:\\.${number}){3}`;

/** What may follow when `taken` groups stand before `::`: more groups, a dotted number at the end, or nothing. */
const rest = (taken: number): string => `(?:(?::${group}){1,${7 - taken}}|(?::${group}){0,${5 - taken}}:${dotted}|:)`;

const forms = [
  `(?:${group}:){7}(?:${group}|:)`,
  `(?:${group}:){6}(?::${group}|${dotted}|:)`,
  ...[5, 4, 3, 2, 1].map((taken) => `(?:${group}:){${taken}}${rest(taken)}`),
  `:${rest(0)}`,
];

/** `ipv6`: eight groups, `::` once for one or more that are zero, the last two as a dotted number if wanted. */
export const ipv6: RegExp = new RegExp(`^(?:${forms.join('|')})$`, 'i');
