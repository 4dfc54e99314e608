/** Colours for a terminal, or none. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** The colours; with `false`, text stays as it is. */
export function paintWith(colour: boolean): Paint {
  const style = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { error: style(31), warning: style(33), info: style(36), strong: style(1), faint: style(2) };
}
