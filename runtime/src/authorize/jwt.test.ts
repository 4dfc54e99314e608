import { describe, expect, it } from 'vitest';
import { type Issuer, makeIssuer } from '../../../test/support/tokens.ts';
import { type JwtSettings, jwtAuthorizer } from './jwt.ts';

const issuer = 'https://login.example.com';
const now = Date.UTC(2026, 10, 27);
const seconds = now / 1000;
const claims = { iss: issuer, aud: 'shop', exp: seconds + 600, sub: 'ada', scope: 'orders:write other' };
const settings: JwtSettings = {
  issuer,
  audience: ['shop'],
  routes: [
    { method: 'POST', path: '/orders/{market}', scopes: ['orders:write'] },
    { method: 'PUT', path: '/prices', scopes: ['prices:write'] },
    { method: 'POST', path: '/open', scopes: [] },
  ],
};
const api = 'arn:aws:execute-api:eu-west-1:123456789012:abc123/live';
const event = (token: string) => ({
  type: 'TOKEN' as const,
  authorizationToken: `Bearer ${token}`,
  methodArn: `${api}/POST/orders/eu`,
});

const rsa = await makeIssuer('RS256');
const curve = await makeIssuer('ES256');
const stranger = await makeIssuer('RS256');

const verdict = async (token: string, from: Issuer = rsa): Promise<string> => {
  const authorize = jwtAuthorizer({ settings, keys: from.keys, now: () => now });
  return authorize(event(token)).then(
    ({ policyDocument: { Statement } }) => Statement.map(({ Effect }) => Effect).join(),
    (error: Error) => error.message,
  );
};

describe('the authorizer of tokens', () => {
  it.each([
    ['RSA', rsa],
    ['an elliptic curve', curve],
  ])('lets in who shows a token that is signed with %s, for the methods of its scopes', async (_, from) => {
    const authorize = jwtAuthorizer({ settings, keys: from.keys, now: () => now });
    expect(await authorize(event(await from.token(claims)))).toEqual({
      principalId: 'ada',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: [`${api}/POST/orders/*`, `${api}/POST/open`] },
        ],
      },
    });
  });

  it.each<[string, object]>([
    ['of another issuer', { iss: 'https://login.example.org' }],
    ['for somebody else', { aud: 'desk' }],
    ['for nobody', { aud: undefined }],
    ['that has expired', { exp: seconds - 61 }],
    ['without an end', { exp: undefined }],
    ['that is not valid yet', { nbf: seconds + 61 }],
  ])('refuses a token %s', async (_, change) => {
    expect(await verdict(await rsa.token({ ...claims, ...change }))).toBe('Unauthorized');
  });

  it.each<[string, object]>([
    ['for several', { aud: ['desk', 'shop'] }],
    ['that names a client, as those of Cognito do', { aud: undefined, client_id: 'shop' }],
    ['that expired within what clocks may differ', { exp: seconds - 59 }],
    ['with its scopes in a list', { scope: undefined, scp: ['orders:write'] }],
  ])('takes a token %s', async (_, change) => {
    expect(await verdict(await rsa.token({ ...claims, ...change }))).toBe('Allow');
  });

  it('refuses tokens that are forged', async () => {
    const token = await rsa.token(claims);
    const [head = '', body = '', signature = ''] = token.split('.');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = [
      await stranger.token(claims),
      `${head}.${part({ ...claims, sub: 'eve' })}.${signature}`,
      `${part({ alg: 'none' })}.${body}.`,
      `${part({ alg: 'HS256', kid: 'one' })}.${body}.${signature}`,
      `${part({ alg: 'ES256', kid: 'one' })}.${body}.${signature}`,
      `${part({ alg: 'constructor' })}.${body}.${signature}`,
      await rsa.token(claims, { crit: ['exp'] }),
      await rsa.token(claims, { kid: 'two' }),
      `${token}.x`,
      'x',
      '',
    ];
    for (const one of forged) expect(await verdict(one)).toBe('Unauthorized');
  });

  it('denies everything without the scopes of any method', async () => {
    const strict = { ...settings, routes: settings.routes.slice(0, 2) };
    const authorize = jwtAuthorizer({ settings: strict, keys: rsa.keys, now: () => now });
    const { policyDocument } = await authorize(event(await rsa.token({ ...claims, scope: 'other' })));
    expect(policyDocument.Statement).toEqual([{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: `${api}/*` }]);
  });

  it('fetches the keys of the issuer once, and again for a key that it does not know', async () => {
    const asked: string[] = [];
    let keys = rsa.keys;
    let time = now;
    const authorize = jwtAuthorizer({
      settings,
      now: () => time,
      fetch: async (address) => {
        asked.push(address);
        const found = address.endsWith('openid-configuration') ? { jwks_uri: `${issuer}/keys` } : { keys };
        return { ok: true, json: async () => found };
      },
    });
    await Promise.all([authorize(event(await rsa.token(claims))), authorize(event(await rsa.token(claims)))]);
    expect(asked).toEqual([`${issuer}/.well-known/openid-configuration`, `${issuer}/keys`]);
    const next = await makeIssuer('RS256', 'two');
    keys = next.keys;
    const token = await next.token(claims);
    await expect(authorize(event(token))).rejects.toThrow('Unauthorized');
    expect(asked).toHaveLength(2);
    time += 61_000;
    await expect(authorize(event(token))).resolves.toBeDefined();
    expect(asked).toHaveLength(4);
  });

  it('reads what to let in from its environment', async () => {
    const environment = { EVENTLOOM_JWT_AUTHORIZER: JSON.stringify(settings) };
    const authorize = jwtAuthorizer({ environment, keys: rsa.keys, now: () => now });
    await expect(authorize(event(await rsa.token(claims)))).resolves.toMatchObject({ principalId: 'ada' });
    await expect(jwtAuthorizer({ environment: {} })(event('x'))).rejects.toThrow('EVENTLOOM_JWT_AUTHORIZER');
  });
});
