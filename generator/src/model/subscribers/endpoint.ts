import type { EndpointAuthorization, EndpointDelivery } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { choice, type FieldShape, readFields, textThat } from '../read/fields.ts';
import { isSecretWord, secretInSpec } from '../read/secrets.ts';
import { headerName, httpsUrl, secretName } from '../read/shapes.ts';
import { listOf, quote } from '../wording.ts';
import { endpointDefaults } from './defaults.ts';
import { type DeliverySource, given, required } from './options.ts';

/** Makes the delivery to an address that EventBridge calls. */
export function endpointDelivery(source: DeliverySource): EndpointDelivery {
  return {
    type: 'endpoint',
    url: required(source, 'url', '', 'Give the address: `url: https://partner.example/events`.'),
    method: given<EndpointDelivery['method']>(source, 'method') ?? endpointDefaults.method,
    ratePerSecond: given<number>(source, 'ratePerSecond') ?? endpointDefaults.ratePerSecond,
    body: given<'payload' | 'event'>(source, 'body') ?? endpointDefaults.body,
    authorization: readAuthorization(source),
  };
}

const kinds = ['apiKey', 'basic', 'oauth'] as const;
type Kind = (typeof kinds)[number];

/** RFC 7617: a colon would end the name. Not empty, and nothing that a template could read. */
const plainText: FieldShape<string> = textThat('a text of letters, digits and plain punctuation', (text) =>
  /^[A-Za-z0-9._@+=/-]{1,512}$/.test(text),
);
const scopeText: FieldShape<string> = textThat(
  'scopes separated by spaces',
  (text) => /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(text) && !/[{}]/.test(text),
);

/** The fields of each kind; those that must be there come first. */
const fieldsOf: Readonly<Record<Kind, Readonly<Record<string, FieldShape<string>>>>> = {
  apiKey: { header: headerName, secret: secretName },
  basic: { username: plainText, secret: secretName },
  oauth: { tokenUrl: httpsUrl, clientId: plainText, secret: secretName, scope: scopeText },
};

const none: EndpointAuthorization = { kind: 'apiKey', header: '', secret: '' };

/** Reads the credentials of a connection. EventBridge calls nothing without some. */
function readAuthorization(source: DeliverySource): EndpointAuthorization {
  const help =
    'For example `authorization: { kind: apiKey, header: x-api-key, secret: shop/partner }`: the secret is in Secrets Manager.';
  const node = source.options.get('authorization')?.node;
  if (node === undefined) {
    required(source, 'authorization', null, help);
    return none;
  }
  const { problems } = source;
  const [secrets, kind] = [reportSecrets(node, problems), readKind(node, problems)];
  if (kind === null) return none;
  const found: Diagnostic[] = [];
  const shapes = { kind: choice(kinds), ...fieldsOf[kind] };
  const fields: Readonly<Record<string, string | undefined>> = readFields(node, subject, shapes, found);
  problems.push(...found.filter(({ origin }) => !secrets.includes(origin.pointer)));
  reportMissing({ node, kind, fields }, problems);
  const text = (field: string): string => fields[field] ?? '';
  switch (kind) {
    case 'apiKey':
      return { kind, header: text('header'), secret: text('secret') };
    case 'basic':
      return { kind, username: text('username'), secret: text('secret') };
    case 'oauth':
      return {
        kind,
        tokenUrl: text('tokenUrl'),
        clientId: text('clientId'),
        secret: text('secret'),
        scope: fields.scope ?? null,
      };
    default:
      return kind satisfies never;
  }
}

const subject = 'x-delivery.authorization';

function readKind(node: SpecNode, problems: Diagnostic[]): Kind | null {
  const kind = kinds.find((one) => one === node.get('kind')?.value);
  if (kind !== undefined) return kind;
  if (node.get('kind') === undefined) {
    const message = `${quote(subject)} has no \`kind\`.`;
    problems.push(report('delivery-option-missing', node.origin, message, `It is one of ${listOf(kinds)}.`));
  } else readFields(onlyKind(node), subject, { kind: choice(kinds) }, problems);
  return null;
}

/** The node as if it had no field but `kind`: which others it may have, nobody can say. */
function onlyKind(node: SpecNode): SpecNode {
  const entries = node.entries().filter(([field]) => field === 'kind');
  return {
    value: node.value,
    origin: node.origin,
    referrer: node.referrer,
    identity: node.identity,
    get: (key) => node.get(key),
    raw: (key) => node.raw(key),
    entries: () => entries,
    keyOrigin: (key) => node.keyOrigin(key),
    withTraits: () => node.withTraits(),
    resolve: (reference) => node.resolve(reference),
  };
}

/** Reports fields that would hold a secret itself. Returns their pointers. */
function reportSecrets(node: SpecNode, problems: Diagnostic[]): readonly string[] {
  return node.entries().flatMap(([field]) => {
    if (!isSecretWord(field)) return [];
    const origin = node.keyOrigin(field);
    problems.push(secretInSpec(`${subject}.${field}`, origin));
    return [origin.pointer];
  });
}

function reportMissing(
  { node, kind, fields }: { readonly node: SpecNode; readonly kind: Kind; readonly fields: object },
  problems: Diagnostic[],
): void {
  const missing = Object.keys(fieldsOf[kind]).filter(
    (field) => field !== 'scope' && !Object.hasOwn(fields, field) && node.get(field) === undefined,
  );
  if (missing.length === 0) return;
  const message = `${quote(subject)} of kind \`${kind}\` has no ${listOf(missing)}.`;
  const help = `Its fields are ${listOf(Object.keys(fieldsOf[kind]))}.`;
  problems.push(report('delivery-option-missing', node.origin, message, help));
}
