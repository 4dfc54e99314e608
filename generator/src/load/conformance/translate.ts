import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../spec-document.ts';
import { nameOfKind } from './asyncapi-fields.ts';
import { isJsonObject, unmaskKey } from './mask.ts';
import { kindAt } from './places.ts';
import type { ParserResult } from './run-parser.ts';
import type { Skeleton } from './skeleton.ts';
import { type Subject, word } from './wording.ts';

/** Results of the parser for the cut skeleton as diagnostics: each mistake once, where it is written. */
export function translateResults(
  results: readonly ParserResult[],
  skeleton: Skeleton,
  root: SpecNode,
): readonly Diagnostic[] {
  const own = results.filter(({ code }) => code !== 'invalid-ref'); // references are reported by those who read them
  return own.filter((result) => isTheMistake(result, own)).flatMap((result) => translate(result, skeleton, root));
}

/** The parser's schemas nest alternatives; for one mistake each level around it says that it does not match. */
function isTheMistake({ code, message, path }: ParserResult, all: readonly ParserResult[]): boolean {
  if (code !== 'asyncapi-document-resolved') return true;
  if (/is not expected to be here$|must have required property/.test(message)) return true;
  return !all.some((other) => other.path.length > path.length && path.every((key, index) => other.path[index] === key));
}

function translate(masked: ParserResult, skeleton: Skeleton, root: SpecNode): readonly Diagnostic[] {
  const result = { ...masked, path: masked.path.map(unmaskKey) };
  if (result.code === 'uncaught-error') return [report('asyncapi-invalid-value', root.origin, result.message)];
  const crossing = result.code === 'asyncapi-document-resolved' ? crossingOf(masked.path, skeleton) : undefined;
  if (crossing?.found !== undefined) return wrongKind(crossing, result, root);
  const place = locate(root, result.path, result.code === 'asyncapi-document-resolved');
  if (place === undefined) return [];
  if (result.code === 'asyncapi3-operation-messages-from-referred-channel') {
    const channel = locate(root, [...result.path.slice(0, -2), 'channel'], false)?.node;
    if (channel === undefined) return []; // that it is missing is reported
    if (!isReference(channel)) return [inlineChannel(result, channel)];
  }
  const { code, message, help, subject } = word(result, place.value);
  const { severity } = result;
  return [{ ...report(code, originOf(place, subject), message, help), severity }];
}

/** All messages of such an operation are refused, for the one reason that its channel is no reference. */
function inlineChannel(result: ParserResult, channel: SpecNode): Diagnostic {
  const { code, message } = word({ ...result, code: 'asyncapi3-required-operation-channel-unambiguity' }, undefined);
  return report(code, channel.origin, message);
}

function isReference(node: SpecNode): boolean {
  return isJsonObject(node.value) && typeof node.value.$ref === 'string';
}

interface Crossing {
  /** Path of the first reference on the way. */
  readonly path: readonly string[];
  readonly found: ReturnType<typeof kindAt>;
}

/** The first reference that a path into the resolved document passes; those that fit are cut. */
function crossingOf(path: readonly string[], skeleton: Skeleton): Crossing | undefined {
  let value: unknown = skeleton.json;
  for (let length = 0; length <= path.length; length++) {
    if (isJsonObject(value) && typeof value.$ref === 'string') {
      const target = decodeURIComponent(value.$ref.slice(2)).split('/');
      return { path: path.slice(0, length).map(unmaskKey), found: kindAt(target) };
    }
    const key = path[length] ?? '';
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as never)[key] : undefined;
  }
  return undefined;
}

function wrongKind(crossing: Crossing, result: ParserResult, root: SpecNode): readonly Diagnostic[] {
  const place = locate(root, crossing.path, true);
  if (place === undefined || crossing.found === undefined) return [];
  const expected = kindAt(crossing.path);
  const wanted = expected === undefined ? 'something else' : `a ${nameOfKind(expected)}`;
  const detail = word(result, undefined).message;
  const message = `This reference leads to a ${nameOfKind(crossing.found)} where AsyncAPI wants ${wanted}: ${detail}`;
  return [report('reference-wrong-kind', place.node?.referrer ?? place.parent.origin, message)];
}

interface Place {
  readonly parent: SpecNode;
  readonly key: string;
  /** Undefined when there is nothing at the key. */
  readonly node: SpecNode | undefined;
  readonly value: unknown;
}

/** The place at `path`, or the nearest above it. Undefined when a reference on the way leads nowhere. */
function locate(root: SpecNode, path: readonly string[], following: boolean): Place | undefined {
  let place: Place = { parent: root, key: '', node: root, value: root.value };
  for (const [index, key] of path.entries()) {
    const parent = place.node;
    if (parent === undefined) return place;
    const isLast = index === path.length - 1;
    const node = path[index + 1] === '$ref' || (isLast && !following) ? parent.raw(key) : parent.get(key);
    if (node === undefined && parent.raw(key) !== undefined) return undefined;
    place = { parent, key, node, value: node?.value };
  }
  return place;
}

function originOf({ parent, key, node }: Place, subject: Subject): Origin {
  if (node === undefined || (subject === 'key' && key !== '')) return parent.keyOrigin(key);
  return node.origin;
}
