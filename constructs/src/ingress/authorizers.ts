import { type HttpIngress, jwtVariable } from '@eventloom/engine';
import { type IAuthorizer, TokenAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import type { Code, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ConstructError } from '../construct-error.ts';
import { addServiceFunction, type FunctionSettings } from '../service-function.ts';
import { sortedBy } from '../sorted.ts';

/** What the authorizers of an API are built from. */
export interface AuthorizersProps extends FunctionSettings {
  readonly ingresses: readonly HttpIngress[];
  readonly code: Code | undefined;
}

/** The functions that decide who may call. */
export interface Authorizers {
  /** By module. */
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  of(handler: string): IAuthorizer;
}

/** Seconds and memory of an authorizer: the caller waits for it. */
const settings = { timeoutSeconds: 10, memoryMb: 256 } as const;

/**
 * Adds the authorizers of an API, one for each module. Their roles may log and report to X-Ray, and nothing else.
 *
 * @throws ConstructError `missing-code` when there is one and no code.
 */
export function addAuthorizers(scope: Construct, { ingresses, code, ...props }: AuthorizersProps): Authorizers {
  const handlers = new Set(
    ingresses.flatMap(({ authorization }) => ('handler' in authorization ? [authorization.handler] : [])),
  );
  const functions = new Map<string, LambdaFunction>();
  const authorizers = new Map<string, IAuthorizer>();
  for (const handler of sortedBy([...handlers], (name) => name)) {
    if (code === undefined) {
      throw new ConstructError(
        'missing-code',
        `The authorizer ${handler} has no code: pass the bundle of its service as 'code'.`,
      );
    }
    const own = new Construct(scope, `Authorizer-${handler.replaceAll('/', '-')}`);
    const environment = jwtEnvironment(handler, ingresses);
    const { lambda } = addServiceFunction(own, { ...props, ...settings, code, handler, environment, grant: () => {} });
    functions.set(handler, lambda);
    authorizers.set(handler, new TokenAuthorizer(own, 'Authorizer', { handler: lambda }));
  }
  return {
    functions,
    of: (handler) => {
      const found = authorizers.get(handler);
      if (found === undefined) throw new Error(`There is no authorizer ${handler}`);
      return found;
    },
  };
}

/** What `jwtAuthorizer` of the runtime reads. Policies that it answers name all of its methods, since they are kept. */
function jwtEnvironment(handler: string, ingresses: readonly HttpIngress[]): Record<string, string> {
  const own = ingresses.flatMap(({ authorization, method, path }) =>
    authorization.kind === 'jwt' && authorization.handler === handler ? [{ authorization, method, path }] : [],
  );
  const [first] = own;
  if (first === undefined) return {};
  const { issuer, audience } = first.authorization;
  const routes = own.map(({ authorization: { scopes }, method, path }) => ({ method, path, scopes }));
  return { [jwtVariable]: JSON.stringify({ issuer, audience, routes }) };
}
