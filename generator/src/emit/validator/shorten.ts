import { closingAt, isOpening, matches, type Token, token } from './tokens.ts';

/** What is left of each of Ajv's ways to say where a value came from: only the path is ever read. */
export function dropUnreadArguments(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const unread = tokens[at]?.text === ',' ? unreadEnd(tokens, at) : null;
    if (unread === null) {
      kept.push(tokens[at] as Token);
      at += 1;
    } else at = unread;
  }
  return kept;
}

/** Where the unread arguments that begin at a comma end: at the closing brace of their object. */
function unreadEnd(tokens: readonly Token[], at: number): number | null {
  if (matches(tokens, at, parameters)) return at + parameters.length - 1;
  if (matches(tokens, at, passedOn)) return at + passedOn.length - 1;
  if (!matches(tokens, at, [',', 'parentData', ':'])) return null;
  let end = at + 1;
  while (tokens[end] !== undefined && tokens[end]?.text !== '}') {
    end = isOpening(tokens[end]) ? closingAt(tokens, end) + 1 : end + 1;
  }
  return matches(tokens, end - 2, [',', 'rootData', '}']) ? end : null;
}

const parameters = [',', 'parentData', ',', 'parentDataProperty', ',', 'rootData', '=', 'data', '}'];

const passedOn = [',', 'parentData', ',', 'parentDataProperty', ',', 'rootData', '}'];

/** Code in which each error is one call, and the functions it calls. */
export interface ShortenedErrors {
  readonly tokens: readonly Token[];
  readonly helpers: readonly string[];
}

/** Makes one call of each error, of which `tidyLines` has left a constant and the line that files it. */
export function shortenErrors(tokens: readonly Token[]): ShortenedErrors {
  const shortened: Token[] = [];
  let calls = 0;
  let at = 0;
  while (at < tokens.length) {
    const error = errorAt(tokens, at);
    if (error === null) {
      shortened.push(tokens[at] as Token);
      at += 1;
      continue;
    }
    const values = errorValues(error.object);
    if (values !== null) calls += 1;
    shortened.push(token('errors = ', tokens[at]?.space));
    shortened.push(...(values ?? [token('(vErrors ??= []).push('), ...error.object]), token(');'));
    at = error.next;
  }
  return { tokens: shortened, helpers: calls === 0 ? [] : [addHelper] };
}

const addHelper = `const add = (errors, instancePath, schema, keyword, params) =>
  errors.push({ instancePath, schemaPath: \`\${schema}/\${keyword}\`, keyword, params });`;

const errorStart = ['const', null, '=', '{', 'instancePath'];

function errorAt(tokens: readonly Token[], at: number): { object: readonly Token[]; next: number } | null {
  if (!matches(tokens, at, errorStart)) return null;
  const name = tokens[at + 1]?.text ?? '';
  const end = closingAt(tokens, at + 3) + 1;
  const tail = [';', 'errors', '=', '(', 'vErrors', '??=', '[', ']', ')', '.', 'push', '(', name, ')', ';'];
  return matches(tokens, end, tail) ? { object: tokens.slice(at + 3, end), next: end + tail.length } : null;
}

/** The call that adds an error with the four usual properties; null for one that has more, or an unusual path. */
function errorValues(object: readonly Token[]): readonly Token[] | null {
  const properties = splitProperties(object.slice(1, -1));
  const names = ['instancePath', 'schemaPath', 'keyword', 'params'];
  if (properties.length !== names.length || properties.some((part, index) => part[0]?.text !== names[index]))
    return null;
  const [path = [], schema = [], keyword = [], params = []] = properties.map((part) =>
    part.length === 1 ? part : part.slice(2),
  );
  const ending = `/${keyword[0]?.text.slice(1)}`;
  if (schema.length !== 1 || keyword.length !== 1 || schema[0]?.text.endsWith(ending) !== true) return null;
  const parent = token(`${schema[0].text.slice(0, -ending.length)}"`);
  return [
    token('add(vErrors ??= [],'),
    ...path,
    comma,
    { ...parent, kind: 'string' },
    comma,
    ...keyword,
    comma,
    ...params,
  ];
}

const comma = token(',');

function splitProperties(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let at = 0;
  while (at < tokens.length) {
    const current = tokens[at] as Token;
    const end = isOpening(current) ? closingAt(tokens, at) + 1 : at + 1;
    if (current.text === ',') parts.push([]);
    else parts.at(-1)?.push(...tokens.slice(at, end));
    at = end;
  }
  return parts;
}
