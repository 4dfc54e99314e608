import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { quote } from '../wording.ts';
import {
  anyObject,
  choice,
  type FieldShape,
  integerBetween,
  isObject,
  readFields,
  readValue,
  type Shapes,
  textThat,
} from './fields.ts';
import { atTime, cronFields, everyTime, timezone } from './ingress-times.ts';
import { isModulePath } from './module-path.ts';

/** The kinds of `x-ingress`. */
export const ingressTypes = ['http', 'schedule', 'queue', 'table'] as const;

/** What `x-ingress` says, as it is written: what depends on the message is judged later. */
export type IngressDeclaration = { readonly node: SpecNode } & (
  | { readonly type: 'http'; readonly fields: HttpFields; readonly authorization: AuthorizationFields }
  | { readonly type: 'schedule'; readonly fields: ScheduleFields }
  | { readonly type: 'queue'; readonly fields: QueueFields }
  | { readonly type: 'table'; readonly fields: TableFields }
);

type Given<T> = { readonly [K in keyof T]?: T[K] };

interface HttpFields {
  readonly path: string;
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly throttle?: { readonly ratePerSecond: number; readonly burst: number };
  readonly correlationField?: string | false;
}

/** What `authorization` of an HTTP ingress says. */
export interface AuthorizationFields
  extends Given<{ issuer: string; audience: readonly string[]; scopes: readonly string[]; handler: string }> {
  readonly kind: 'none' | 'iam' | 'apiKey' | 'jwt' | 'lambda';
}

interface ScheduleFields extends Given<{ timezone: string; flexibleMinutes: number }> {
  readonly expression: string;
}

interface QueueFields extends Given<{ arn: string; batchSize: number; maxReceiveCount: number }> {}

interface TableFields extends Given<{ streamArn: string; attribute: string; batchSize: number }> {}

const type = choice(ingressTypes);

const text = (expected: string, pattern: RegExp) => textThat(expected, (value) => pattern.test(value));

const texts: FieldShape<readonly string[]> = {
  expected: 'a text, or a list of different texts',
  parse: (value) => {
    const list: unknown[] = Array.isArray(value) ? value : [value];
    const isRight = list.every((one) => typeof one === 'string' && /^[\x21-\x7e]+$/.test(one) && !/["'\\]/.test(one));
    return isRight && list.length > 0 && new Set(list).size === list.length ? (list as string[]) : undefined;
  },
};

/** The fields of each kind. */
const ingressFields = {
  http: {
    type,
    method: choice(['POST', 'PUT', 'PATCH', 'DELETE']),
    path: textThat('a path that starts with `/`', (path) => path.startsWith('/')),
    authorization: anyObject,
    throttle: anyObject,
    correlationField: {
      expected: 'the name of a field of the payload, or false',
      parse: (value) => (value === false || typeof value === 'string' ? value : undefined),
    } as FieldShape<string | false>,
  },
  schedule: {
    type,
    rate: everyTime,
    cron: cronFields,
    at: atTime,
    timezone,
    flexibleMinutes: integerBetween(1, limits.scheduleFlexibleMinutesMaximum.value),
    payload: anyObject,
  },
  queue: {
    type,
    arn: text('the ARN of an SQS queue', /^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/),
    batchSize: integerBetween(1, limits.pipeBusBatchMaximum.value),
    maxReceiveCount: integerBetween(limits.maxReceiveCountMinimum.value, limits.maxReceiveCountMaximum.value),
  },
  table: {
    type,
    streamArn: text(
      'the ARN of a DynamoDB stream',
      /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/[A-Za-z0-9_.-]{3,255}\/stream\/[0-9T:.-]+$/,
    ),
    attribute: text('the name of an attribute: letters, digits and `_`', /^[A-Za-z_]\w{0,254}$/),
    batchSize: integerBetween(1, limits.pipeBusBatchMaximum.value),
  },
} as const satisfies Record<(typeof ingressTypes)[number], Shapes>;

const throttleFields = {
  ratePerSecond: { expected: 'a number greater than 0', parse: positive } as FieldShape<number>,
  burst: integerBetween(1),
};

const authorizationFields = {
  kind: choice(['none', 'iam', 'apiKey', 'jwt', 'lambda']),
  issuer: text('an address that starts with `https://`', /^https:\/\/[A-Za-z0-9._~:/@%-]+$/),
  audience: texts,
  scopes: texts,
  handler: textThat("a module path below the handlers' folder, without extension", isModulePath),
};

/** Which fields of `authorization` go with which kind. */
const authorizationUses = {
  none: [],
  iam: [],
  apiKey: [],
  jwt: ['issuer', 'audience', 'scopes', 'handler'],
  lambda: ['handler'],
} as const;

/** Reads `x-ingress`; null when the operation has none, or one with a mistake, which is reported. */
export function readIngress(operation: SpecNode, problems: Diagnostic[]): IngressDeclaration | null {
  const node = operation.get('x-ingress');
  if (node === undefined) return null;
  const found: Diagnostic[] = [];
  const declaration = readKind(node, found);
  problems.push(...found);
  return found.length > 0 ? null : declaration;
}

function readKind(node: SpecNode, problems: Diagnostic[]): IngressDeclaration | null {
  if (!isObject(node.value) || node.get('type') === undefined) {
    const message = '`x-ingress` must be an object whose `type` says where events come from.';
    problems.push(report('ingress-incomplete', node.origin, message, `Types are \`${ingressTypes.join('`, `')}\`.`));
    return null;
  }
  switch (ingressTypes.find((one) => one === node.get('type')?.value)) {
    case 'http':
      return readHttp(node, problems);
    case 'schedule':
      return readSchedule(node, problems);
    case 'queue': {
      const { arn, batchSize, maxReceiveCount } = readFields(node, 'x-ingress', ingressFields.queue, problems);
      return { node, type: 'queue', fields: given({ arn, batchSize, maxReceiveCount }) };
    }
    case 'table': {
      const { streamArn, attribute, batchSize } = readFields(node, 'x-ingress', ingressFields.table, problems);
      return { node, type: 'table', fields: given({ streamArn, attribute, batchSize }) };
    }
    default:
      // Other fields cannot be judged while nobody knows the type.
      readValue(node, 'type', type, problems);
      return null;
  }
}

function readHttp(node: SpecNode, problems: Diagnostic[]): IngressDeclaration | null {
  const { path, method, correlationField } = readFields(node, 'x-ingress', ingressFields.http, problems);
  const authorization = readAuthorization(node, problems);
  const throttle = readThrottle(node, problems);
  if (path === undefined) {
    if (node.get('path') === undefined) missing(node, 'path', 'For example `path: /orders/{market}`.', problems);
    return null;
  }
  return { node, type: 'http', authorization, fields: { path, ...given({ method, correlationField, throttle }) } };
}

function readThrottle(node: SpecNode, problems: Diagnostic[]): HttpFields['throttle'] {
  const throttle = node.get('throttle');
  if (throttle === undefined || !isObject(throttle.value)) return undefined;
  const { ratePerSecond, burst } = readFields(throttle, 'x-ingress.throttle', throttleFields, problems);
  if (ratePerSecond !== undefined) return { ratePerSecond, burst: burst ?? Math.ceil(ratePerSecond) };
  if (throttle.get('ratePerSecond') === undefined) missing(throttle, 'ratePerSecond', 'Requests a second.', problems);
  return undefined;
}

function readAuthorization(node: SpecNode, problems: Diagnostic[]): AuthorizationFields {
  const holder = node.get('authorization');
  if (holder === undefined || !isObject(holder.value)) return { kind: 'iam' };
  const { kind, ...fields } = readFields(holder, 'x-ingress.authorization', authorizationFields, problems);
  if (kind === undefined) {
    if (holder.get('kind') === undefined) missing(holder, 'kind', 'For example `kind: jwt`.', problems);
    return { kind: 'iam' };
  }
  const uses: readonly string[] = authorizationUses[kind];
  for (const field of Object.keys(fields).filter((name) => !uses.includes(name))) {
    const message = `${quote(`x-ingress.authorization.${field}`)} has no effect with the kind ${quote(kind)}.`;
    problems.push(report('ingress-option', holder.keyOrigin(field), message, 'Remove it.'));
  }
  if (kind !== 'jwt') return { kind, ...given(fields) };
  for (const field of ['issuer', 'audience'] as const) {
    if (holder.get(field) === undefined) missing(holder, field, 'A token is checked against it.', problems);
  }
  return { kind, ...given(fields) };
}

const times = ['rate', 'cron', 'at'] as const;

function readSchedule(node: SpecNode, problems: Diagnostic[]): IngressDeclaration | null {
  const fields = readFields(node, 'x-ingress', ingressFields.schedule, problems);
  const written = times.filter((time) => node.get(time) !== undefined);
  if (node.get('payload') === undefined) missing(node, 'payload', 'Every event is published with it.', problems);
  if (written.length !== 1) {
    const message = `A schedule has one of \`rate\`, \`cron\` and \`at\`; here are ${written.length}.`;
    problems.push(report('ingress-incomplete', node.origin, message, "For example `rate: '5 minutes'`."));
  }
  if (fields.timezone !== undefined && written[0] === 'rate') {
    const message = 'A rate is the same in every timezone, so that `timezone` has no effect.';
    problems.push(report('ingress-option', node.keyOrigin('timezone'), message, 'Remove it, or use `cron`.'));
  }
  const expression = times.flatMap((time) => (fields[time] === undefined ? [] : [`${time}(${fields[time]})`]))[0];
  if (expression === undefined) return null;
  const { timezone: zone, flexibleMinutes } = fields;
  return { node, type: 'schedule', fields: { expression, ...given({ timezone: zone, flexibleMinutes }) } };
}

function missing(node: SpecNode, field: string, help: string, problems: Diagnostic[]): null {
  problems.push(report('ingress-incomplete', node.origin, `\`x-ingress\` lacks ${quote(field)}.`, help));
  return null;
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}

/** Only what is there. */
function given<T extends object>(fields: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
