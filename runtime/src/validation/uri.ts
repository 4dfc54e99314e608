// RFC 3986, with the liberty that validators take: one slash before an authority.
const escaped = '%[\\da-f]{2}';
const many = (characters: string): string => `(?:[a-z\\d\\-._~!$&'()*+,;=${characters}]|${escaped})`;

const group = '[\\da-f]{1,4}';
const number = '(?:25[0-5]|2[0-4]\\d|[01]?\\d\\d?)';
const lastGroups = `(?:${group}:${group}|${number}(?:\\.${number}){3})`;
const groups = (count: number): string => `(?:${group}:){${count}}`;
/** At most so many groups and one more, all left out if wanted, then `::`. */
const upTo = (count: number): string => `(?:(?:${group}:){0,${count}}${group})?::`;

const heads = [groups(6), `::${groups(5)}`, ...[0, 1, 2, 3, 4].map((count) => upTo(count) + groups(4 - count))];
const ipv6 = `(?:(?:${heads.join('|')})${lastGroups}|${upTo(5)}${group}|${upTo(6)})`;
const future = `v[\\da-f]+\\.[a-z\\d\\-._~!$&'()*+,;=:]+`;

/** What follows the scheme; `extra` are characters allowed in names, paths and behind them. */
function rest(extra: string, optional: '?' | ''): string {
  // An IPv4 address is a name too.
  const host = `(?:\\[(?:${ipv6}|${future})\\]|${many(extra)}*)`;
  const segment = many(`${extra}:@`);
  const segments = `(?:\\/${segment}*)*`;
  const authority = `\\/?\\/(?:${many(':')}*@)?${host}(?::\\d*)?${segments}`;
  const path = `(?:${authority}|\\/(?:${segment}+${segments})?|${segment}+${segments})${optional}`;
  const tail = many(`${extra}:@/?`);
  return `${path}(?:\\?${tail}*)?(?:#${tail}*)?`;
}

const scheme = '[a-z][a-z\\d+\\-.]*:';

const whole = new RegExp(`^${scheme}${rest('', '')}$`, 'i');

/** `uri`: with its scheme. */
export function uri(text: string): boolean {
  return whole.test(text);
}

/** `uri-reference`: a URI, or what is relative to one; a quote passes. */
export const uriReference: RegExp = new RegExp(`^(?:${scheme})?${rest('"', '?')}$`, 'i');
