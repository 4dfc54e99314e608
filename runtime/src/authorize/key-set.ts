/** A key of a JSON Web Key Set. Source: RFC 7517. */
export interface WebKey {
  /** `RSA` or `EC`. */
  readonly kty?: string;
  /** What a token calls it. */
  readonly kid?: string;
  /** `RS256` or `ES256`. Absent: any of its kind. */
  readonly alg?: string;
  /** `sig` or `enc`. Absent: `sig`. */
  readonly use?: string;
  /** Curve of `EC`. */
  readonly crv?: string;
  /** Modulus of `RSA`. */
  readonly n?: string;
  /** Exponent of `RSA`. */
  readonly e?: string;
  /** Coordinate of `EC`. */
  readonly x?: string;
  /** Coordinate of `EC`. */
  readonly y?: string;
}

/** Finds the keys of an issuer. */
export interface KeySet {
  /** The keys that a token may be signed with. `kid` undefined asks for all. */
  find(kid: string | undefined): Promise<readonly WebKey[]>;
}

/** What fetching keys needs of the world. */
export interface KeySetOptions {
  readonly issuer: string;
  readonly fetch: (address: string) => Promise<{ readonly ok: boolean; json(): Promise<unknown> }>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Keys are fetched again after an hour, and for a key that nobody knows, but not more often than every minute. */
const keptMilliseconds = 60 * 60 * 1000;
const pauseMilliseconds = 60 * 1000;

/** The keys that an issuer publishes by OpenID Connect discovery, kept between calls. */
export function remoteKeySet(options: KeySetOptions): KeySet {
  let fetched: { readonly keys: readonly WebKey[]; readonly at: number } | null = null;
  let running: Promise<readonly WebKey[]> | null = null;
  const load = async (): Promise<readonly WebKey[]> => {
    try {
      const keys = await fetchKeys(options);
      fetched = { keys, at: options.now() };
      return keys;
    } finally {
      running = null;
    }
  };
  const fresh = (): Promise<readonly WebKey[]> => {
    running ??= load();
    return running;
  };
  return {
    find: async (kid) => {
      const age = fetched === null ? Number.POSITIVE_INFINITY : options.now() - fetched.at;
      const keys = fetched === null || age > keptMilliseconds ? await fresh() : fetched.keys;
      const found = matching(keys, kid);
      if (found.length > 0 || age <= pauseMilliseconds || age > keptMilliseconds) return found;
      return matching(await fresh(), kid);
    },
  };
}

/** Keys that are given. */
export function fixedKeySet(keys: readonly WebKey[]): KeySet {
  return { find: async (kid) => matching(keys, kid) };
}

function matching(keys: readonly WebKey[], kid: string | undefined): readonly WebKey[] {
  return keys.filter((key) => (kid === undefined || key.kid === kid) && (key.use ?? 'sig') === 'sig');
}

async function fetchKeys({ issuer, fetch }: KeySetOptions): Promise<readonly WebKey[]> {
  const configuration = await fetchJson(fetch, `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const address = configuration.jwks_uri;
  if (typeof address !== 'string' || !address.startsWith('https://')) {
    throw new Error(`The issuer ${issuer} names no jwks_uri that starts with https://`);
  }
  const { keys } = await fetchJson(fetch, address);
  return Array.isArray(keys) ? (keys as WebKey[]) : [];
}

async function fetchJson(fetch: KeySetOptions['fetch'], address: string): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} cannot be fetched`);
  const found = await response.json();
  return typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>) : {};
}
