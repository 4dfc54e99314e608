import { jwtVariable } from '@eventloom/engine';
import type { Environment } from '../connection.ts';
import { ConfigurationError } from '../errors.ts';
import { invocationKey } from '../invocation.ts';
import { type AuthorizedRoute, allowRoutes, type RequestAuthorizer, unauthorized } from './authorizer.ts';
import { fixedKeySet, type KeySet, type KeySetOptions, remoteKeySet, type WebKey } from './key-set.ts';
import { scopesOf, verifyToken } from './token.ts';

/** What the wiring tells an authorizer, as JSON in its environment. */
export interface JwtSettings {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** The methods that it answers for. */
  readonly routes: readonly AuthorizedRoute[];
}

/** How an authorizer of JSON Web Tokens differs from its defaults. */
export interface JwtAuthorizerOptions {
  /** Default: what the wiring puts into the environment. */
  readonly settings?: JwtSettings;
  /** Keys of the issuer. Default: those that it publishes by OpenID Connect discovery, fetched and kept. */
  readonly keys?: readonly WebKey[];
  /** Default: 60. */
  readonly toleranceSeconds?: number;
  /** Default: `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Default: the global `fetch`. */
  readonly fetch?: KeySetOptions['fetch'];
  /** Milliseconds since the epoch. Default: the machine's clock. */
  readonly now?: () => number;
}

/**
 * Makes the handler that lets in who shows a token of the issuer, for the audience, valid now, with the scopes of the
 * method (RS256 or ES256). It has no dependencies.
 *
 * @example
 * // orders/jwt-authorizer.ts
 * export const handler = jwtAuthorizer();
 */
export function jwtAuthorizer(options: JwtAuthorizerOptions = {}): RequestAuthorizer {
  const { toleranceSeconds = 60 } = options;
  let known: { readonly settings: JwtSettings; readonly keys: KeySet } | null = null;
  return async (event, context) => {
    const invocation = context?.[invocationKey];
    const now = options.now ?? (() => invocation?.clock?.now().getTime() ?? Date.now());
    known ??= prepare(options, now, invocation?.environment);
    const { issuer, audience, routes } = known.settings;
    const [, token] = /^Bearer +([^ ]+)$/i.exec(event.authorizationToken) ?? [];
    if (token === undefined) throw unauthorized();
    const rules = { issuer, audience, now: Math.floor(now() / 1000), toleranceSeconds };
    const claims = await verifyToken(token, known.keys, rules);
    if (claims === null) throw unauthorized();
    const scopes = scopesOf(claims);
    const allowed = routes.filter((route) => route.scopes.every((scope) => scopes.has(scope)));
    return allowRoutes(event, typeof claims.sub === 'string' ? claims.sub : 'unknown', allowed);
  };
}

function prepare(options: JwtAuthorizerOptions, now: () => number, environment?: Environment) {
  const settings = options.settings ?? readSettings(options.environment ?? environment ?? process.env);
  const { keys, fetch = globalThis.fetch } = options;
  const fetching = { issuer: settings.issuer, fetch: (address: string) => fetch(address), now };
  return { settings, keys: keys === undefined ? remoteKeySet(fetching) : fixedKeySet(keys) };
}

function readSettings(environment: Readonly<Record<string, string | undefined>>): JwtSettings {
  const text = environment[jwtVariable];
  if (text === undefined) {
    throw new ConfigurationError(jwtVariable);
  }
  return JSON.parse(text) as JwtSettings;
}
