import { identifier } from './identifier.ts';
import { lineWidth } from './text.ts';

/** What every declaration has: its comment (already spelled, may be empty) and whether other files see it. */
interface Declared {
  readonly comment: string;
  readonly exported: boolean;
  readonly name: string;
}

/** `type name = type;` */
export function typeAlias({ comment, exported, name, type }: Declared & { readonly type: string }): string {
  const separator = type.startsWith('\n') ? '' : ' ';
  return withComment(comment, `${exportKeyword(exported)}type ${identifier(name)} =${separator}${type};`);
}

/** `const name: type = value;` */
export function constant(parts: Declared & { readonly type: string; readonly value: string }): string {
  const start = `${exportKeyword(parts.exported)}const ${identifier(parts.name)}: ${parts.type} =`;
  return withComment(parts.comment, `${start} ${parts.value};`);
}

/** `interface name<typeParameters> { members }`; members are spelled as if they stood at the left margin. */
export function interfaceDeclaration(
  parts: Declared & {
    readonly typeParameters?: readonly string[];
    readonly base?: string;
    readonly members: readonly string[];
  },
): string {
  const { typeParameters = [] } = parts;
  const parameters = typeParameters.length === 0 ? '' : `<${typeParameters.map(identifier).join(', ')}>`;
  const base = parts.base === undefined ? '' : ` extends ${parts.base}`;
  const start = `${exportKeyword(parts.exported)}interface ${identifier(parts.name)}${parameters}${base}`;
  const body = parts.members.map((member) => `\n${indentLines(member)}`).join('');
  return withComment(parts.comment, body === '' ? `${start} {}` : `${start} {${body}\n}`);
}

export interface Signature {
  /** `name: type` or `name?: type`. */
  readonly parameters: readonly string[];
  readonly returnType: string;
}

/** `function name(parameters): returnType { return body; }` */
export function functionDeclaration(parts: Declared & Signature & { readonly result: string }): string {
  const start = `${exportKeyword(parts.exported)}function ${identifier(parts.name)}`;
  return withComment(parts.comment, `${signature(start, parts, ' {')}\n  return ${parts.result};\n}`);
}

/** A method or, with an empty key, a call signature of an interface; `key` is already spelled. */
export function methodSignature(key: string, parts: Signature & { readonly comment: string }): string {
  return withComment(parts.comment, signature(key, parts, ';', 2));
}

/** Puts `comment` above `text`. */
export function withComment(comment: string, text: string): string {
  return comment === '' ? text : `${comment}\n${text}`;
}

/** A signature on one line where it fits, else one parameter a line. */
function signature(start: string, { parameters, returnType }: Signature, end: string, indent = 0): string {
  const flat = `${start}(${parameters.join(', ')}): ${returnType}${end}`;
  if (indent + flat.length <= lineWidth || parameters.length === 0) return flat;
  const lines = parameters.map((parameter) => `  ${parameter}${parameter.startsWith('...') ? '' : ','}\n`).join('');
  return `${start}(\n${lines}): ${returnType}${end}`;
}

function indentLines(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function exportKeyword(exported: boolean): string {
  return exported ? 'export ' : '';
}
