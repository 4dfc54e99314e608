const character = 'a-z\\d\\u00a1-\\uffff';
const label = `(?:[${character}]+-)*[${character}]+`;
const number = '(?:1?\\d{1,2}|2[0-4]\\d|25[0-5])';
const locals = [
  '(?:10|127)(?:\\.\\d{1,3}){3}',
  '(?:169\\.254|192\\.168)(?:\\.\\d{1,3}){2}',
  '172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d{1,3}){2}',
];
const first = '(?:[1-9]\\d?|1\\d\\d|2[01]\\d|22[0-3])';
const last = '(?:[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-4])';
const address = `(?!${locals.join('|')})${first}(?:\\.${number}){2}\\.${last}`;
const host = `(?:${address}|${label}(?:\\.${label})*\\.[a-z\\u00a1-\\uffff]{2,})`;

/** `url`: http, https or ftp to a public host, by address or by a name with a top-level domain. */
export const url: RegExp = new RegExp(`^(?:https?|ftp):\\/\\/(?:\\S+@)?${host}(?::\\d{2,5})?(?:\\/\\S*)?$`, 'iu');
