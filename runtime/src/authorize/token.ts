import type { KeySet, WebKey } from './key-set.ts';

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>;

/** What a token is checked against. */
export interface TokenRules {
  readonly issuer: string;
  /** The token is for one of them. */
  readonly audience: readonly string[];
  /** Seconds since the epoch. */
  readonly now: number;
  /** By how many seconds clocks may differ. */
  readonly toleranceSeconds: number;
}

/** Returns the claims of a token that is signed by its issuer, for us, and valid now; null of any other. */
export async function verifyToken(token: string, keys: KeySet, rules: TokenRules): Promise<Claims | null> {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  const header = decoded(head);
  const claims = decoded(body);
  const sign = bytesOf(signature);
  if (header === null || claims === null || sign === null || rest.length > 0) return null;
  const { alg, kid, crit } = header;
  const algorithm = typeof alg === 'string' && Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined;
  if (algorithm === undefined || crit !== undefined || !isRightNow(claims, rules)) return null;
  const found = await keys.find(typeof kid === 'string' ? kid : undefined);
  const usable = found.filter((key) => key.kty === algorithm.kty && (key.alg ?? alg) === alg);
  for (const key of usable) {
    if (await isSigned(`${head}.${body}`, sign, { key, algorithm })) return claims;
  }
  return null;
}

/** The scopes of a token, as the issuers write them: one text, or a list. */
export function scopesOf({ scope, scp }: Claims): ReadonlySet<string> {
  const written = scope ?? scp;
  const texts = typeof written === 'string' ? written.split(' ') : Array.isArray(written) ? written.map(String) : [];
  return new Set(texts);
}

interface Algorithm {
  readonly kty: string;
  readonly importing: { readonly name: string; readonly hash?: string; readonly namedCurve?: string };
  readonly verifying: { readonly name: string; readonly hash?: string };
}

/** No others: `none` and shared secrets are how tokens are forged. */
const algorithms: Readonly<Record<string, Algorithm>> = {
  RS256: {
    kty: 'RSA',
    importing: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    verifying: { name: 'RSASSA-PKCS1-v1_5' },
  },
  ES256: {
    kty: 'EC',
    importing: { name: 'ECDSA', namedCurve: 'P-256' },
    verifying: { name: 'ECDSA', hash: 'SHA-256' },
  },
};

async function isSigned(
  text: string,
  signature: Uint8Array<ArrayBuffer>,
  { key, algorithm }: { readonly key: WebKey; readonly algorithm: Algorithm },
): Promise<boolean> {
  try {
    const { kty = '', crv, n, e, x, y } = key;
    const parts = Object.fromEntries(Object.entries({ kty, crv, n, e, x, y }).filter(([, part]) => part !== undefined));
    const imported = await crypto.subtle.importKey('jwk', parts, algorithm.importing, false, ['verify']);
    return await crypto.subtle.verify(algorithm.verifying, imported, signature, new TextEncoder().encode(text));
  } catch {
    // A key that cannot be read has signed nothing.
    return false;
  }
}

function isRightNow(claims: Claims, { issuer, audience, now, toleranceSeconds }: TokenRules): boolean {
  const { iss, exp, nbf, aud, client_id: client } = claims;
  // Access tokens of Cognito name the client instead of an audience.
  const named: readonly unknown[] = aud === undefined ? [client] : Array.isArray(aud) ? aud : [aud];
  return (
    iss === issuer &&
    named.some((one) => typeof one === 'string' && audience.includes(one)) &&
    typeof exp === 'number' &&
    now < exp + toleranceSeconds &&
    (nbf === undefined || (typeof nbf === 'number' && now >= nbf - toleranceSeconds))
  );
}

function decoded(part: string): Claims | null {
  const bytes = bytesOf(part);
  if (bytes === null) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : null;
  } catch {
    return null;
  }
}

function bytesOf(part: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return null;
  try {
    return Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return null;
  }
}
