import { limits } from '@eventloom/engine';
import { busNameFault, queueNameFault } from '../physical-names.ts';
import { type FieldShape, listOfShape, textThat } from './fields.ts';

/** An account of AWS. A number would lose its leading zeros. */
export const accountId: FieldShape<string> = textThat('an account of twelve digits, in quotes', (text) =>
  /^\d{12}$/.test(text),
);

/** A Region of AWS. */
export const regionName: FieldShape<string> = textThat('a Region such as `eu-west-1`', (text) =>
  /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(text),
);

/** The name of an event bus; that of an account's own bus is `default`. */
export const busName: FieldShape<string> = textThat('the name of an event bus', isBusName);

/** The ARN of an event bus. Source: API_EventBus. */
export const busArn: FieldShape<string> = textThat(
  'the ARN of an event bus, such as `arn:aws:events:eu-west-1:123456789012:event-bus/orders`',
  (text) => {
    const { account, region, rest } = arnParts(text, 'events');
    const [kind, name = '', ...more] = rest.split('/');
    return more.length === 0 && kind === 'event-bus' && isBusName(name) && account !== '' && region !== '';
  },
);

/** The ARN of an SQS queue. */
export const queueArn: FieldShape<string> = textThat(
  'the ARN of a queue, such as `arn:aws:sqs:eu-west-1:123456789012:orders`',
  (text) => {
    const { account, region, rest } = arnParts(text, 'sqs');
    return account !== '' && region !== '' && queueNameFault(rest, rest.endsWith('.fifo')) === null;
  },
);

/** An address that AWS may call: encrypted, without credentials, and with nothing that a template could read. */
export const httpsUrl: FieldShape<string> = textThat(
  `an \`https://\` address of at most ${limits.apiDestinationUrlCharacters.value} characters, without credentials, \`*\` and \`#\``,
  isHttpsUrl,
);

/** A mail address that is not plainly wrong. */
export const mailAddress: FieldShape<string> = textThat(
  'a mail address',
  (text) =>
    text.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`|~-]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$/.test(
      text,
    ),
);

/** A telephone number in E.164. */
export const phoneNumber: FieldShape<string> = textThat(
  "a telephone number in quotes, with `+` and the country's code, such as `'+4915112345678'`",
  (text) => /^\+[1-9]\d{6,14}$/.test(text),
);

/** The name of a secret of Secrets Manager. Source: API_CreateSecret. */
export const secretName: FieldShape<string> = textThat(
  "the name of a secret of Secrets Manager: letters, digits and `/_+=.@-`, such as `'shop/partner-key'`",
  (text) => text.length <= limits.secretNameCharacters.value && /^[A-Za-z0-9/_+=.@-]+$/.test(text),
);

/** The name of an HTTP header. Source: API_CreateConnectionApiKeyAuthRequestParameters. */
export const headerName: FieldShape<string> = textThat('the name of an HTTP header', (text) =>
  /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,512}$/.test(text),
);

/** A list with something in it, each element once. */
export function oneOrMore<T>(element: FieldShape<T>): FieldShape<readonly T[]> {
  const list = listOfShape(element);
  return {
    expected: `a list with at least one element and none twice, each ${element.expected}`,
    parse: (value) => {
      const parsed = list.parse(value);
      return parsed !== undefined && parsed.length > 0 && new Set(parsed).size === parsed.length ? parsed : undefined;
    },
  };
}

/** The parts of an ARN that matter; empty texts when it is none of the service. */
export function arnParts(
  arn: string,
  service: string,
): { readonly region: string; readonly account: string; readonly rest: string } {
  const [prefix, partition = '', name, region = '', account = '', ...rest] = arn.split(':');
  const isRight = prefix === 'arn' && /^aws(-[a-z]+)*$/.test(partition) && name === service;
  if (!isRight || accountId.parse(account) === undefined || regionName.parse(region) === undefined) {
    return { region: '', account: '', rest: '' };
  }
  return { region, account, rest: rest.join(':') };
}

function isBusName(name: string): boolean {
  return name === 'default' || busNameFault(name) === null;
}

function isHttpsUrl(text: string): boolean {
  if (text.length > limits.apiDestinationUrlCharacters.value) return false;
  // The characters of API_CreateApiDestination, less those that are refused here.
  if (!/^https:\/\/(%[0-9A-Fa-f]{2}|[-()_.!~';/?:@&=+$,A-Za-z0-9])+$/.test(text)) return false;
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.hostname !== '' && url.username === '' && url.password === '';
}
