import type { HttpIngress, Topology } from '@eventloom/engine';
import { jwtVariable } from '@eventloom/engine';
import { type AuthorizerResult, invocationKey } from '@eventloom/runtime';
import type { HandlerModules } from '../handlers.ts';
import type { World } from '../state/world.ts';
import type { ApiAnswer } from './answers.ts';
import { forbidden, missingToken, unauthorized, unexpected } from './answers.ts';

/** What decides who may call. */
export interface Gate {
  readonly world: World;
  readonly topology: Topology;
  readonly handlers: HandlerModules;
  readonly apiKeys: readonly string[];
}

/** Returns what API Gateway answers a caller that it does not let in; null lets them in. */
export async function refuseCaller(
  gate: Gate,
  ingress: HttpIngress,
  { headers, methodArn }: { readonly headers: ReadonlyMap<string, string>; readonly methodArn: string },
): Promise<ApiAnswer | null> {
  const { authorization } = ingress;
  const token = headers.get('authorization');
  switch (authorization.kind) {
    case 'none':
      return null;
    case 'iam':
      // Signatures are not checked: the local system has no keys.
      return token?.startsWith('AWS4-HMAC-SHA256 ') ? null : missingToken;
    case 'apiKey':
      return gate.apiKeys.includes(headers.get('x-api-key') ?? '') ? null : forbidden;
    case 'jwt':
    case 'lambda':
      return token === undefined
        ? unauthorized
        : askAuthorizer(gate, ingress, { handler: authorization.handler, token, methodArn });
    default:
      return authorization satisfies never;
  }
}

async function askAuthorizer(
  gate: Gate,
  ingress: HttpIngress,
  { handler, token, methodArn }: { readonly handler: string; readonly token: string; readonly methodArn: string },
): Promise<ApiAnswer | null> {
  const load = Object.hasOwn(gate.handlers, handler) ? gate.handlers[handler] : undefined;
  if (load === undefined)
    throw new Error(`No handler for ${handler}, which decides who may call ${ingress.method} ${ingress.path}`);
  const module = await load();
  const context = {
    [invocationKey]: { environment: environmentOf(gate, handler), clients: {}, clock: clockOf(gate.world) },
  };
  try {
    const result = (await module.handler(
      { type: 'TOKEN', authorizationToken: token, methodArn },
      context as never,
    )) as AuthorizerResult;
    return isAllowed(result, methodArn) ? null : forbidden;
  } catch (error) {
    return error instanceof Error && error.message === 'Unauthorized' ? unauthorized : unexpected;
  }
}

function clockOf({ scheduler }: World) {
  return { now: () => new Date(scheduler.now()) };
}

/** As the CDK constructs set it. */
function environmentOf({ topology }: Gate, handler: string): Readonly<Record<string, string>> {
  const routes = (topology.ingresses ?? []).flatMap((ingress) =>
    ingress.kind === 'http' && ingress.authorization.kind === 'jwt' && ingress.authorization.handler === handler
      ? [{ ...ingress.authorization, method: ingress.method, path: ingress.path }]
      : [],
  );
  const [first] = routes;
  if (first === undefined) return {};
  const { issuer, audience } = first;
  return {
    [jwtVariable]: JSON.stringify({
      issuer,
      audience,
      routes: routes.map(({ method, path, scopes }) => ({ method, path, scopes })),
    }),
  };
}

/** A statement that denies comes before all that allow. */
function isAllowed({ policyDocument: { Statement } }: AuthorizerResult, methodArn: string): boolean {
  const matching = Statement.filter(({ Resource }) =>
    (typeof Resource === 'string' ? [Resource] : Resource).some((pattern) => matches(pattern, methodArn)),
  );
  return matching.some(({ Effect }) => Effect === 'Allow') && matching.every(({ Effect }) => Effect !== 'Deny');
}

function matches(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 's').test(text);
}
