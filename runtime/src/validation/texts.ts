/** `duration`: of ISO 8601, weeks alone or years to seconds in order. */
export const duration: RegExp =
  /^P(?!$)(?:(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|(?:\d+W)?)$/;

/** `email`: a dotted local part at a domain of at least two labels. */
export const email: RegExp =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z\d](?:[a-z\d-]*[a-z\d])?$/i;

/** `hostname`: labels of 1 to 63 characters, 253 in all; a dot may follow. */
export const hostname: RegExp =
  /^(?=.{1,253}\.?$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*\.?$/i;

/** `ipv4`: four numbers up to 255 without leading zeros. */
export const ipv4: RegExp = /^(?:(?:25[0-5]|(?:2[0-4]|1\d|[1-9])?\d)(?:\.(?!$)|$)){4}$/;

/** `uuid`: in any case, also as a URN. Written out, since it takes half as long again with a repeated group. */
export const uuid: RegExp = /^(?:urn:uuid:)?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** `json-pointer` of RFC 6901. */
export const jsonPointer: RegExp = /^(?:\/(?:[^~/]|~[01])*)*$/;

/** `json-pointer-uri-fragment`: a JSON pointer behind `#`, written as a URI demands. */
export const jsonPointerUriFragment: RegExp = /^#(?:\/(?:[\w\-.!$&'()*+,;:=@]|%[\da-f]{2}|~[01])*)*$/i;

/** `relative-json-pointer`: steps up, then a JSON pointer or `#`. */
export const relativeJsonPointer: RegExp = /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/;

/** `uri-template` of RFC 6570. */
export const uriTemplate: RegExp =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it forbids
  /^(?:[^\x00-\x20"'<>%\\^`{|}]|%[\da-f]{2}|\{[+#./;?&=,!@|]?(?:\w|%[\da-f]{2})+(?::[1-9]\d{0,3}|\*)?(?:,(?:\w|%[\da-f]{2})+(?::[1-9]\d{0,3}|\*)?)*\})*$/i;

/** `byte`: Base64; of a text with several lines it is enough that one is. */
export function byte(text: string): boolean {
  return /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/m.test(text);
}

/** `regex`: a regular expression of JavaScript without `\Z`, which other languages have. */
export function regex(text: string): boolean {
  if (/[^\\]\\Z/.test(text)) return false;
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

/** `password`: says that the text is not to be shown; every text will do. */
export const password = true;

/** `binary`: any bytes; every text will do. */
export const binary = true;
