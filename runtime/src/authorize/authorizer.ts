import type { LambdaContext } from '../invocation.ts';

/** What API Gateway asks an authorizer of the kind TOKEN. */
export interface AuthorizerEvent {
  readonly type: 'TOKEN';
  /** The header `Authorization` as the caller sent it. */
  readonly authorizationToken: string;
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`. */
  readonly methodArn: string;
}

/**
 * What an authorizer answers: who is calling, and which methods they may call. API Gateway keeps it for the token.
 * Source: API Gateway developer guide, output from a Lambda authorizer.
 */
export interface AuthorizerResult {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly {
      readonly Action: 'execute-api:Invoke';
      readonly Effect: 'Allow' | 'Deny';
      readonly Resource: string | readonly string[];
    }[];
  };
  /** Passed on to access logs and templates. Absent: nothing. */
  readonly context?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * The Lambda handler of an authorizer. What it throws is answered with 500, but an error with the message `Unauthorized`
 * with 401.
 */
export type RequestAuthorizer = (event: AuthorizerEvent, context?: LambdaContext) => Promise<AuthorizerResult>;

/** A method of the API, and what a token needs for it. */
export interface AuthorizedRoute {
  readonly method: string;
  /** With parameters in braces: `/orders/{market}`. */
  readonly path: string;
  readonly scopes: readonly string[];
}

/** Lets a caller call methods of the API that was asked about, and no others. */
export function allowRoutes(
  { methodArn }: AuthorizerEvent,
  principalId: string,
  routes: readonly Pick<AuthorizedRoute, 'method' | 'path'>[],
): AuthorizerResult {
  const api = methodArn.split('/').slice(0, 2).join('/');
  const resources = routes.map(({ method, path }) => `${api}/${method}${path.replace(/\{\w+\}/g, '*')}`);
  const statement =
    resources.length === 0
      ? ({ Effect: 'Deny', Resource: `${api}/*` } as const)
      : ({ Effect: 'Allow', Resource: resources } as const);
  return {
    principalId,
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', ...statement }] },
  };
}

/** What API Gateway answers with 401. */
export function unauthorized(): Error {
  return new Error('Unauthorized');
}
