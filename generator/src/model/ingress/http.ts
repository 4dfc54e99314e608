import { type HttpAuthorization, type HttpIngress, limits, type PathParameter } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { JsonSchema, MessageType } from '../event-model.ts';
import { declaredNames, declaredValue, schemasOfValue } from '../payload-facts.ts';
import { pointerTokens } from '../pointer.ts';
import type { IngressDeclaration } from '../read/ingress.ts';
import { lookupIn } from '../schema/in-place.ts';
import { kindsOf } from '../schema/kinds.ts';
import { didYouMeanOrList, listOf, quote } from '../wording.ts';
import { bodyModel } from './body.ts';
import { readParameter } from './parameters.ts';
import { parameterNames, parsePath } from './path.ts';

type HttpDeclaration = Extract<IngressDeclaration, { readonly type: 'http' }>;

/** What sets an HTTP ingress apart from another, as the topology has it. */
export type HttpParts = Pick<
  HttpIngress,
  'method' | 'path' | 'parameters' | 'body' | 'authorization' | 'throttle' | 'correlationField'
>;

/** Makes the parts of an HTTP ingress; null when its path cannot be used. */
export function httpParts(
  declaration: HttpDeclaration,
  message: MessageType,
  { service, isBus }: { readonly service: string; readonly isBus: boolean },
  problems: Diagnostic[],
): HttpParts | null {
  const { node, fields } = declaration;
  const { path, method = 'POST', throttle = null } = fields;
  const parameters = readPath(node, path, message, problems);
  if (parameters === null) return null;
  const correlationField = readCorrelation(
    declaration,
    message,
    parameters.map(({ name }) => name),
    problems,
  );
  const given = parameters.map(({ name }) => name);
  const optional = correlationField === null ? [] : [correlationField];
  const body = bodyModel(message.payload, { given, optional }, isBus || given.length + optional.length > 0);
  if (JSON.stringify(body.schema).length > limits.restApiModelBytes.value) {
    const text = `The model of the body has more than ${limits.restApiModelBytes.value} bytes, which API Gateway does not take.`;
    problems.push(report('ingress-target', node.origin, text, 'Make the schema of the payload smaller.'));
  }
  tellUnchecked(node, message, body.unchecked, problems);
  const authorization = authorizationOf(declaration, service);
  if (authorization.kind === 'none') {
    const text = `Whoever finds the address can publish ${quote(message.name)}.`;
    problems.push(report('ingress-open', node.keyOrigin('authorization'), text));
  }
  return { method, path, parameters, body: body.schema, authorization, throttle, correlationField };
}

function readPath(
  node: SpecNode,
  path: string,
  { payload, name: message }: MessageType,
  problems: Diagnostic[],
): readonly PathParameter[] | null {
  const segments = parsePath(path);
  const origin = node.keyOrigin('path');
  if ('fault' in segments) {
    problems.push(report('ingress-path', origin, `The path ${quote(path)} cannot be used. ${segments.fault}`));
    return null;
  }
  const parameters: PathParameter[] = [];
  for (const name of parameterNames(segments)) {
    const read = readParameter(payload, name);
    if ('fault' in read) {
      const text = `The path ${quote(path)} has the parameter ${quote(name)}, ${read.fault}.`;
      problems.push(report('ingress-parameter', origin, text, read.help));
      continue;
    }
    parameters.push(read.parameter);
    if (read.unchecked.length === 0) continue;
    const text = `The API does not check ${listOf(read.unchecked)} of the parameter ${quote(name)}; consumers of ${quote(message)} do.`;
    problems.push(report('ingress-unchecked', origin, text));
  }
  return parameters.length < parameterNames(segments).length ? null : parameters;
}

/** The field that the spec names, or that of the message's `correlationId`, when it may hold the id of a request. */
function readCorrelation(
  { node, fields }: HttpDeclaration,
  { payload, correlation }: MessageType,
  given: readonly string[],
  problems: Diagnostic[],
): string | null {
  if (fields.correlationField === false) return null;
  const [implied, ...below] = correlation?.in === 'payload' ? (pointerTokens(correlation.pointer) ?? []) : [];
  const name = fields.correlationField ?? (below.length === 0 ? implied : undefined);
  if (name === undefined) return null;
  const fault = correlationFault(payload, name, given);
  if (fault === null) return name;
  if (fields.correlationField === undefined) return null;
  const text = `\`x-ingress.correlationField\` is ${quote(name)}, ${fault.text}.`;
  problems.push(report('ingress-parameter', node.keyOrigin('correlationField'), text, fault.help));
  return null;
}

function correlationFault(
  payload: JsonSchema,
  name: string,
  given: readonly string[],
): { readonly text: string; readonly help: string } | null {
  if (!/^[A-Za-z_]\w*$/.test(name)) return { text: 'which is no plain name', help: 'Use letters, digits and `_`.' };
  if (given.includes(name)) return { text: 'which the path gives', help: 'Name another field, or false.' };
  const declared = declaredValue(payload, [name]);
  if (declared.length === 0) {
    const known = declaredNames(schemasOfValue(payload, payload));
    return { text: 'which the payload does not declare', help: didYouMeanOrList(name, known, 'Declared there') };
  }
  const isText = kindsOf({ allOf: declared }, lookupIn(payload)).has('string');
  return isText ? null : { text: 'which holds no text', help: 'The id of a request is a text.' };
}

function authorizationOf({ authorization }: HttpDeclaration, service: string): HttpAuthorization {
  const { kind, issuer = '', audience = [], scopes = [], handler } = authorization;
  switch (kind) {
    case 'none':
    case 'iam':
    case 'apiKey':
      return { kind };
    case 'lambda':
      return { kind, handler: handler ?? `${service}/authorizer` };
    case 'jwt':
      return { kind, issuer, audience, scopes, handler: handler ?? `${service}/jwt-authorizer` };
    default:
      return kind satisfies never;
  }
}

function tellUnchecked(
  node: SpecNode,
  { name }: MessageType,
  unchecked: readonly string[],
  problems: Diagnostic[],
): void {
  if (unchecked.length === 0) return;
  const shown = unchecked.length > 8 ? [...unchecked.slice(0, 8), '…'] : unchecked;
  const text = `The API does not check all of the payload of ${quote(name)}: ${listOf(shown)}.`;
  problems.push(report('ingress-unchecked', node.origin, text));
}
