import { AwsError } from './aws-error.ts';
import type { WireInput } from './call.ts';
import { escapeXml } from './xml.ts';

/** A request of the query protocol: a form whose keys are paths such as `MessageAttributes.entry.1.Value.DataType`. */
export interface QueryRequest {
  readonly operation: string;
  readonly input: WireInput;
}

type Node = { [key: string]: Node | string };

/** Parses the body of a query request. `member` becomes a list and `entry` a map, as in the API's model. */
export function parseQuery(body: string): QueryRequest {
  const root = emptyNode();
  for (const [path, value] of new URLSearchParams(body)) insert(root, path.split('.'), value);
  const { Action, Version: _, ...input } = toValue(root) as Record<string, unknown>;
  if (typeof Action !== 'string') throw new AwsError('MissingAction', 'The request must contain the parameter Action');
  return { operation: Action, input };
}

/** Writes the response of a query request. Values are texts, or lists, maps and structures of them; nulls are left out. */
export function writeQueryResponse(operation: string, output: unknown, requestId: string, namespace: string): string {
  const result = `<${operation}Result>${writeFields(output)}</${operation}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${escapeXml(requestId)}</RequestId></ResponseMetadata>`;
  return `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`;
}

/** Writes the refusal of a query request. */
export function writeQueryError(error: AwsError, requestId: string, namespace: string): string {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const fields = writeFields({ Type: type, Code: error.queryCode, Message: error.message });
  return `<ErrorResponse xmlns="${namespace}"><Error>${fields}</Error><RequestId>${escapeXml(requestId)}</RequestId></ErrorResponse>`;
}

function emptyNode(): Node {
  return Object.create(null) as Node;
}

function insert(root: Node, path: readonly string[], value: string): void {
  let node = root;
  for (const step of path.slice(0, -1)) {
    const below = node[step];
    const next: Node = typeof below === 'object' ? below : emptyNode();
    node[step] = next;
    node = next;
  }
  node[path.at(-1) ?? ''] = value;
}

function toValue(node: Node | string): unknown {
  if (typeof node === 'string') return node;
  const { member, entry } = node;
  if (typeof member === 'object') return numbered(member).map(toValue);
  if (typeof entry === 'object') return toMap(numbered(entry));
  const fields = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(node)) fields[key] = toValue(value);
  return fields;
}

function toMap(entries: readonly (Node | string)[]): Record<string, unknown> {
  const map = Object.create(null) as Record<string, unknown>;
  for (const entry of entries) {
    if (typeof entry === 'string') continue;
    const name = entry.Name ?? entry.key;
    const value = entry.Value ?? entry.value;
    if (typeof name === 'string' && value !== undefined) map[name] = toValue(value);
  }
  return map;
}

function numbered(node: Node): readonly (Node | string)[] {
  return Object.entries(node)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, value]) => value);
}

function writeFields(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return escapeXml(String(value));
  if (value instanceof Map) {
    return [...value].map(([key, entry]) => `<entry>${writeFields({ key, value: entry })}</entry>`).join('');
  }
  return Object.entries(value)
    .filter(([, field]) => field !== null && field !== undefined)
    .map(([name, field]) => `<${name}>${Array.isArray(field) ? writeMembers(field) : writeFields(field)}</${name}>`)
    .join('');
}

function writeMembers(members: readonly unknown[]): string {
  return members.map((member) => `<member>${writeFields(member)}</member>`).join('');
}
