/** Flags of a regular expression that matter to what it matches. */
export interface RegexFlags {
  readonly ignoreCase: boolean;
  /** Without it, a character beyond the basic plane counts as two. */
  readonly unicode: boolean;
}

/** A regular expression as it is read. */
export interface Reader {
  readonly source: string;
  position: number;
  /** Groups that are open. */
  depth: number;
  readonly flags: RegexFlags;
  failed: boolean;
}

/** Takes a text that stands here. */
export function take(reader: Reader, text: string): boolean {
  const found = isAt(reader, text);
  if (found) reader.position += text.length;
  return found;
}

/** Takes what a pattern matches here. */
export function match(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  const sticky = new RegExp(pattern.source, 'y');
  sticky.lastIndex = reader.position;
  const found = sticky.exec(reader.source);
  if (found !== null) reader.position += found[0].length;
  return found;
}

/** Tells whether a text stands here. */
export function isAt({ source, position }: Reader, text: string): boolean {
  return source.startsWith(text, position);
}
