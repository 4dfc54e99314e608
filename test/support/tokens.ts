import { webcrypto } from 'node:crypto';
import type { WebKey } from '@eventloom/runtime';

/** An issuer of JSON Web Tokens. */
export interface Issuer {
  readonly keys: readonly WebKey[];
  token(claims: object, header?: object): Promise<string>;
}

const algorithms = {
  RS256: {
    making: {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    signing: { name: 'RSASSA-PKCS1-v1_5' },
  },
  ES256: { making: { name: 'ECDSA', namedCurve: 'P-256' }, signing: { name: 'ECDSA', hash: 'SHA-256' } },
} as const;

/** Makes an issuer with one key. */
export async function makeIssuer(alg: keyof typeof algorithms, kid = 'one'): Promise<Issuer> {
  const { making, signing } = algorithms[alg];
  const pair = (await webcrypto.subtle.generateKey(making, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const jwk = await webcrypto.subtle.exportKey('jwk', pair.publicKey);
  return {
    keys: [{ ...(jwk as WebKey), kid, use: 'sig' }],
    token: async (claims, header = {}) => {
      const text = `${encode({ alg, kid, ...header })}.${encode(claims)}`;
      const signature = await webcrypto.subtle.sign(signing, pair.privateKey, Buffer.from(text));
      return `${text}.${Buffer.from(signature).toString('base64url')}`;
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
