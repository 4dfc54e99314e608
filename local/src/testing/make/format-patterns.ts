const label = '[a-z][a-z0-9]{0,8}';
const labels = `${label}(\\.${label})*`;
const path = '[a-z0-9]*';
const pointer = '(/[a-z0-9]{1,6})*';
const clock = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]';
const date = '20[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])';
const octet = '([1-9]?[0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])';
const ipv4 = `^${octet}\\.${octet}\\.${octet}\\.${octet}$`;

/** Texts of each format as they are usual. Formats that accept every text are left out. */
export const usualTexts: ReadonlyMap<string, string> = new Map([
  ['byte', '^([A-Za-z0-9+/]{4})*$'],
  ['date', `^${date}$`],
  ['date-time', `^${date}T${clock}(Z|[+-]0[1-9]:[03]0)$`],
  ['duration', '^P[1-9][0-9]*(D|M|Y|W)$'],
  ['email', `^[a-z][a-z0-9]*(\\.[a-z]{1,5})?@${label}\\.(com|org|example)$`],
  ['hostname', `^${labels}$`],
  ['ipv4', ipv4],
  ['ipv6', '^([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$'],
  ['iso-date-time', `^${date}T${clock}Z?$`],
  ['iso-time', `^${clock}Z?$`],
  ['json-pointer', `^${pointer}$`],
  ['json-pointer-uri-fragment', `^#${pointer}$`],
  ['regex', '^[a-z]+$'],
  ['relative-json-pointer', `^[1-9]${pointer}$`],
  ['time', `^${clock}Z$`],
  ['uri', `^https://${label}\\.example/${path}$`],
  ['uri-reference', `^/${path}$`],
  ['uri-template', `^/${path}/\\{[a-z]{1,6}\\}$`],
  ['url', `^https://${label}\\.com/${path}$`],
  ['uuid', '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'],
]);

const anyDate = '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])';
const anyClock = `${clock}(\\.[0-9]+)?`;
const anyZone = '(Z|z|[+-](0[0-9]|1[0-9]|2[0-3]):?[0-5][0-9])';
const anyPath = "[A-Za-z0-9._~!$&'()*+,;=:@/-]*(\\?[A-Za-z0-9._~=&+/-]*)?(#[A-Za-z0-9._~=/-]*)?";
const anyLabels = '[A-Za-z0-9]+([.-][A-Za-z0-9]+)*';
const amount = '[0-9]+';

/** Texts of formats as they are possible, with some that are not; where what is asked for is not usual. */
export const possibleTexts: ReadonlyMap<string, string> = new Map([
  ...usualTexts,
  ['byte', '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'],
  ['date', `^${anyDate}$`],
  ['date-time', `^${anyDate}[Tt ]${anyClock}${anyZone}$`],
  [
    'duration',
    `^P(${amount}W|(${amount}Y)?(${amount}M)?(${amount}D)?(T(?=[0-9])(${amount}H)?(${amount}M)?(${amount}S)?)?)$`,
  ],
  ['email', `^[A-Za-z0-9_+-]+(\\.[A-Za-z0-9_+-]+)*@${anyLabels}\\.[A-Za-z]{2,8}$`],
  ['hostname', `^${anyLabels}$`],
  ['ipv6', '^[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7}$'],
  ['iso-date-time', `^${anyDate}[Tt ]${anyClock}${anyZone}?$`],
  ['iso-time', `^${anyClock}${anyZone}?$`],
  ['regex', '^[^\\\\()[\\]{}*+?]*$'],
  ['time', `^${anyClock}${anyZone}$`],
  ['uri', `^[A-Za-z][A-Za-z0-9+.-]*:(//)?${anyPath}$`],
  ['uri-reference', `^([A-Za-z][A-Za-z0-9+.-]*:)?(//)?${anyPath}$`],
  ['uri-template', '^([A-Za-z0-9._~:/?&=-]|\\{[A-Za-z0-9_]+\\})*$'],
  ['url', `^(https?|ftp)://${anyLabels}\\.[a-z]{2,8}(:[0-9]{2,4})?(/${anyPath})?$`],
  ['uuid', '^(urn:uuid:)?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$'],
]);
