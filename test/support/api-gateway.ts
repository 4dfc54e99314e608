import { render } from 'velocityjs';

/** What a caller sends, as far as mapping templates see it. */
export interface GatewayRequest {
  readonly body: string;
  /** Decoded. */
  readonly path?: Readonly<Record<string, string>>;
  readonly requestId?: string;
}

/** What a template makes, and the status that it asks for. */
export interface Rendered {
  readonly text: string;
  readonly status: number | undefined;
}

/**
 * Renders a mapping template as API Gateway does: `$input` over a body, `$util` as its documentation says, `$context`,
 * and the methods of Java's strings, lists and maps. `json` is what `$input` reads: the request's body, or AWS's answer.
 */
export function renderTemplate(
  template: string,
  { body, path = {}, requestId = defaultId }: GatewayRequest,
  answer?: unknown,
): Rendered {
  const read: unknown = answer === undefined ? JSON.parse(body) : answer;
  const context = {
    requestId,
    requestTime: '27/Nov/2026:13:05:01 +0000',
    requestTimeEpoch: 1795784701123,
    responseOverride: { status: undefined as number | undefined },
  };
  const input = {
    body,
    json: (jsonPath: string) => JSON.stringify(valueAt(read, jsonPath)) ?? '',
    path: (jsonPath: string) => javaValue(valueAt(read, jsonPath)),
    params: () => ({ path: javaMap(path) }),
  };
  const text = withJavaMethods(() => render(template, { input, context, util }));
  return { text, status: context.responseOverride.status };
}

const defaultId = 'd7b3a4f0-9c1e-4e0e-8a55-0d7a3b9c6f11';

const util = {
  escapeJavaScript: (text: unknown) => [...escapeUnits(String(text))].join(''),
  urlEncode: (text: unknown) =>
    encodeURIComponent(String(text).replace(/\p{Surrogate}/gu, '\ufffd'))
      .replace(/%20/g, '+')
      .replace(/[!'()~]/g, (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`),
  base64Encode: (text: unknown) => Buffer.from(String(text), 'utf8').toString('base64'),
};

/** As `StringEscapeUtils.escapeJavaScript` of Apache Commons Lang 2 does. */
function* escapeUnits(text: string): Generator<string> {
  const short: Readonly<Record<string, string>> = { '\b': '\\b', '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };
  for (let index = 0; index < text.length; index++) {
    const unit = text.charAt(index);
    const code = text.charCodeAt(index);
    if (short[unit] !== undefined) yield short[unit];
    else if (code < 32 || code > 0x7f) yield `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    else yield '\'"\\/'.includes(unit) ? `\\${unit}` : unit;
  }
}

/** The few JSON paths that the templates use. */
function valueAt(root: unknown, jsonPath: string): unknown {
  const bracket = /^\$\['([^']*)'\]$/.exec(jsonPath);
  const keys = bracket ? [bracket[1] ?? ''] : (jsonPath.slice(1).match(/[^.[\]]+/g) ?? []);
  return keys.reduce<unknown>((value, key) => {
    const holder = value as Readonly<Record<string, unknown>> | undefined;
    return holder !== undefined && holder !== null && Object.hasOwn(holder, key) ? holder[key] : undefined;
  }, root);
}

function javaValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? javaMap(value as Readonly<Record<string, unknown>>)
    : value;
}

function javaMap(entries: Readonly<Record<string, unknown>>) {
  return {
    get: (key: string) => (Object.hasOwn(entries, key) ? entries[key] : undefined),
    containsKey: (key: string) => Object.hasOwn(entries, key),
    isEmpty: () => Object.keys(entries).length === 0,
  };
}

/** Java's `String.matches` asks for the whole text, its `replaceAll` takes an expression, its lists know `contains`. */
function withJavaMethods<T>(work: () => T): T {
  const methods: readonly (readonly [object, string, unknown])[] = [
    [
      String.prototype,
      'matches',
      function matches(this: string, pattern: string) {
        return new RegExp(`^(?:${pattern})$`, 's').test(this);
      },
    ],
    [
      String.prototype,
      'replaceAll',
      function replaceAll(this: string, pattern: string, by: string) {
        return this.replace(new RegExp(pattern, 'g'), by);
      },
    ],
    [
      Array.prototype,
      'contains',
      function contains(this: unknown[], value: unknown) {
        return this.includes(value);
      },
    ],
  ];
  const before = methods.map(([holder, name]) => Object.getOwnPropertyDescriptor(holder, name));
  for (const [holder, name, value] of methods)
    Object.defineProperty(holder, name, { value, configurable: true, writable: true });
  try {
    return work();
  } finally {
    for (const [index, [holder, name]] of methods.entries()) {
      const descriptor = before[index];
      if (descriptor === undefined) Reflect.deleteProperty(holder, name);
      else Object.defineProperty(holder, name, descriptor);
    }
  }
}
