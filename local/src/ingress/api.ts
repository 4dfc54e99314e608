import type { HttpIngress, Topology } from '@eventloom/engine';
import { limits } from '@eventloom/engine';
import { nextUuid } from '../random.ts';
import {
  type ApiAnswer,
  json,
  missingToken,
  notPublished,
  refusedBody,
  throttled,
  unsupportedType,
} from './answers.ts';
import { type Gate, refuseCaller } from './authorize.ts';
import { bodyFaults } from './body-faults.ts';
import { attributesOf, pathFault, payloadOf } from './payload.ts';
import type { Sender } from './sender.ts';

/** A request to the API of a service. */
export interface ApiRequest {
  /** Default: POST. */
  readonly method?: string | undefined;
  /** As in a URL: parts are percent-encoded. What follows `?` is not read. */
  readonly path: string;
  /** Default: `content-type: application/json`, and nothing else. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Text, or a value that is sent as JSON. Default: no body. */
  readonly body?: unknown;
  /** The service whose API is called. Default: the only one that has such a method. */
  readonly service?: string | undefined;
}

/** Answers a request as API Gateway does. */
export type Api = (request: ApiRequest) => Promise<ApiAnswer>;

/** Makes the APIs of all services: they answer in this process, and publish as the templates of the CDK constructs do. */
export function createApi(gate: Gate, send: Sender): Api {
  const buckets = new Map<string, Bucket>();
  return async (request) => {
    const found = findMethod(gate.topology, request);
    if (found === null) return missingToken;
    const { ingress, values } = found;
    const headers = lowerCased(request.headers ?? {});
    const methodArn = `arn:aws:execute-api:us-east-1:000000000000:local/live/${ingress.method}${request.path}`;
    const refused = await refuseCaller(gate, ingress, { headers, methodArn });
    if (refused !== null) return refused;
    if (!takeToken(buckets, ingress, gate.world.scheduler.now())) return throttled;
    const type = headers.get('content-type') ?? 'application/json';
    if (!/^application\/json\s*(;|$)/i.test(type)) return unsupportedType;
    return publish(gate, found, { send, text: textOf(request.body), values });
  };
}

interface Found {
  readonly ingress: HttpIngress;
  /** Decoded, by parameter. */
  readonly values: Readonly<Record<string, string>>;
}

async function publish(
  { world, topology }: Gate,
  { ingress }: Found,
  { send, text, values }: { readonly send: Sender; readonly text: string; readonly values: Found['values'] },
): Promise<ApiAnswer> {
  const requestId = nextUuid(world.random);
  const body = parsed(text);
  if (body === undefined) return refusedBody('Failed to parse the body as JSON');
  const faults = bodyFaults(ingress.body, body);
  if (faults.length > 0) return refusedBody(`[${faults.join(', ')}]`);
  const fault = pathFault(ingress, values);
  if (fault !== null) return json(400, { message: fault });
  const payload = payloadOf(ingress, { body, values, requestId });
  try {
    const id = await send({
      event: ingress.event,
      payload: JSON.stringify(payload),
      id: requestId,
      attributes: attributesOf(ingress.attributes ?? [], payload),
      group: groupOf(topology, ingress, payload),
    });
    return json(202, { id });
  } catch {
    return notPublished;
  }
}

function groupOf({ destinations }: Topology, { event }: HttpIngress, payload: unknown): string | null {
  const destination = destinations.find(({ key }) => key === event.destination);
  if (destination === undefined || destination.kind === 'bus' || destination.ordering === null) return null;
  return String((payload as Readonly<Record<string, unknown>>)[destination.ordering.key.slice(1)]);
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  if (Buffer.byteLength(text) > limits.restApiBodyBytes.value) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
}

function lowerCased(headers: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** A text in a path comes before a parameter at its place. */
function findMethod({ ingresses = [] }: Topology, { method = 'POST', path, service }: ApiRequest): Found | null {
  const parts = (path.split('?')[0] ?? '').split('/').slice(1);
  const found = ingresses.flatMap((ingress): (Found & { readonly rank: string })[] => {
    if (ingress.kind !== 'http' || ingress.method !== method) return [];
    if (service !== undefined && ingress.service !== service) return [];
    const matched = matchPath(ingress.path, parts);
    return matched === null ? [] : [{ ingress, ...matched }];
  });
  const [first, ...others] = found.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const rival = others.find(({ ingress }) => ingress.service !== first?.ingress.service);
  if (first !== undefined && rival !== undefined) {
    throw new Error(
      `${method} ${path} is a method of ${first.ingress.service} and of ${rival.ingress.service}: name the service`,
    );
  }
  return first ?? null;
}

function matchPath(
  template: string,
  parts: readonly string[],
): (Pick<Found, 'values'> & { readonly rank: string }) | null {
  const wanted = template.split('/').slice(1);
  if (wanted.length !== parts.length) return null;
  const values: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    const text = parts[index] ?? '';
    if (name === undefined ? text !== part : text === '') return null;
    if (name !== undefined) values[name] = decoded(text);
  }
  return { values, rank: wanted.map((part) => (part.startsWith('{') ? '1' : '0')).join('') };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Requests that may come at once, and when they were counted. */
interface Bucket {
  tokens: number;
  at: number;
}

function takeToken(buckets: Map<string, Bucket>, { operation, throttle }: HttpIngress, now: number): boolean {
  if (throttle === null) return true;
  const bucket = buckets.get(operation) ?? { tokens: throttle.burst, at: now };
  buckets.set(operation, bucket);
  bucket.tokens = Math.min(throttle.burst, bucket.tokens + ((now - bucket.at) / 1000) * throttle.ratePerSecond);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
