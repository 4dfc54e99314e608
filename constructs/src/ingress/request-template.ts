import type { HttpIngress, IngressAttribute } from '@eventloom/engine';
import { detailLines } from './detail.ts';
import { pathChecks, variableOf } from './path-checks.ts';
import { asJsonText, formText, jsonText } from './vtl.ts';

/** Where a request goes. Names and ARNs have no character that means anything to a template. */
export type RequestTarget =
  | { readonly kind: 'bus'; readonly name: string }
  | { readonly kind: 'topic'; readonly arn: string; readonly groupField: string | null }
  | { readonly kind: 'queue'; readonly groupField: string | null };

/**
 * The mapping template that makes a call of PutEvents, Publish or SendMessage of a request. When a part of the path is
 * not allowed it makes a call that AWS refuses, so that nothing is published; `refusalTemplate` then says why.
 */
export function requestTemplate(ingress: HttpIngress, target: RequestTarget): string {
  const lines = [...pathChecks(ingress), `#if($reason == '')`, ...detailLines(ingress)];
  if (target.kind === 'bus') {
    return [...lines, putEvents(ingress, target.name), '#else', '{}', '#end'].join('\n');
  }
  // A line break would be part of the form.
  return [...lines, ...formLines(ingress, target), '$form#{else}Action=Nothing#{end}'].join('');
}

function putEvents({ event }: HttpIngress, bus: string): string {
  const entry = [
    `"Source":"${jsonText(event.source)}"`,
    `"DetailType":"${jsonText(event.name)}"`,
    `"EventBusName":"${bus}"`,
    `"Detail":"${asJsonText('$detail')}"`,
  ];
  return `{"Entries":[{${entry.join(',')}}]}`;
}

type FormTarget = Exclude<RequestTarget, { readonly kind: 'bus' }>;

/** How the two services call the parts of a form. */
const forms = {
  topic: { action: 'Action=Publish&Version=2010-03-31', message: 'Message', attribute: 'MessageAttributes.entry.' },
  queue: { action: 'Action=SendMessage&Version=2012-11-05', message: 'MessageBody', attribute: 'MessageAttribute.' },
} as const;

function formLines(ingress: HttpIngress, target: FormTarget): readonly string[] {
  const { action, message, attribute } = forms[target.kind];
  const sent = [
    { name: 'type', value: formText(ingress.event.name) },
    { name: 'id', value: '$context.requestId' },
    { name: 'time', value: '$util.urlEncode($time)' },
  ];
  return [
    ...timeLines,
    `#set($form = '${action}')`,
    ...(target.kind === 'topic' ? [append(`&TopicArn=$util.urlEncode('${target.arn}')`)] : []),
    append(`&${message}=$util.urlEncode($detail)`),
    ...sent.map(({ name, value }, index) => append(attributePart(`${attribute}${index + 1}`, name, 'String', value))),
    `#set($n = ${sent.length})`,
    ...(ingress.attributes ?? []).flatMap((one) => attributeLines(ingress, one, attribute)),
    ...(target.groupField === null ? [] : groupLines(ingress, target.groupField)),
  ];
}

function append(part: string): string {
  return `#set($form = "$form${part}")`;
}

function attributePart(prefix: string, name: string, type: string, value: string): string {
  return `&${prefix}.Name=${formText(name)}&${prefix}.Value.DataType=${type}&${prefix}.Value.StringValue=${value}`;
}

function attributeLines(ingress: HttpIngress, { name, type }: IngressAttribute, attribute: string): readonly string[] {
  const list = [
    `#set($value = '')`,
    `#if($root.containsKey('${name}'))`,
    `#set($value = $input.json("$['${name}']"))`,
    '#end',
  ];
  return [
    ...(type === 'String.Array' ? list : valueLines(ingress, name)),
    // No attribute has an empty value, and null is none.
    `#if($value != '' && $value != 'null')`,
    '#set($n = $n + 1)',
    append(attributePart(`${attribute}\${n}`, name, type, '$util.urlEncode($value)')),
    '#end',
  ];
}

/** A FIFO topic or queue drops what comes again with the id of the same request, and nothing else. */
function groupLines(ingress: HttpIngress, field: string): readonly string[] {
  return [
    ...valueLines(ingress, field),
    append('&MessageGroupId=$util.urlEncode($value)&MessageDeduplicationId=$context.requestId'),
  ];
}

/** Leaves in `$value` what the payload has as text, or nothing. */
function valueLines({ parameters, correlationField }: HttpIngress, name: string): readonly string[] {
  if (parameters.some((parameter) => parameter.name === name)) return [`#set($value = $${variableOf(name)})`];
  const read = `#set($value = "$!root.get('${name}')")`;
  if (name !== correlationField) return [read];
  return ['#set($value = $context.requestId)', `#if($root.containsKey('${name}'))`, read, '#end'];
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `27/Nov/2026:13:05:01 +0000` and milliseconds since the epoch become `2026-11-27T13:05:01.123Z`. */
const timeLines: readonly string[] = [
  `#set($months = {${months.map((month, index) => `'${month}':'${String(index + 1).padStart(2, '0')}'`).join(',')}})`,
  '#set($clock = $context.requestTime)',
  '#set($epoch = "$context.requestTimeEpoch")',
  '#set($day = $clock.substring(0,2))#set($month = $months.get($clock.substring(3,6)))',
  '#set($year = $clock.substring(7,11))#set($hours = $clock.substring(12,20))',
  '#set($millis = $epoch.substring(10))',
  `#set($time = "\${year}-\${month}-\${day}T\${hours}.\${millis}Z")`,
];
