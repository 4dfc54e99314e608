const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

/** Tells whether `text` can stand where a name is only a name, as after a dot. ASCII only, so that it reads the same everywhere. */
export function isIdentifierName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}

/** Tells whether `text` can name a declaration of a module: an identifier and no reserved word. */
export function isBindingIdentifier(text: string): boolean {
  return isIdentifierName(text) && !reserved.has(text);
}

/**
 * Returns the name of a declaration as it is.
 *
 * Names are decided in the model; one that TypeScript cannot bind is a bug of ours.
 * @throws {TypeError} when `name` is no identifier or is a reserved word.
 */
export function identifier(name: string): string {
  if (!isBindingIdentifier(name)) throw new TypeError(`${JSON.stringify(name)} cannot name a declaration`);
  return name;
}
