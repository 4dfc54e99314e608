import type { IngressAttribute, ScheduleIngress } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { JsonSchema } from '../event-model.ts';
import { canonicalText, isObject, own } from '../schema/json.ts';
import { findViolation } from '../schema/violation.ts';

/** What Scheduler puts in place of these words, by example. Source: Scheduler user guide, context attributes. */
const context: Readonly<Record<string, string>> = {
  'aws.scheduler.schedule-arn': 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/example',
  'aws.scheduler.scheduled-time': '2027-01-31T08:00:00Z',
  'aws.scheduler.execution-id': 'd32c5kddcf5bb8c3',
  'aws.scheduler.attempt-number': '1',
};

/** What the payload of a schedule says, ready for the topology. */
export type SchedulePayload = Pick<ScheduleIngress, 'payload' | 'attributes' | 'group'>;

/** The payload of a schedule. One that the message's schema refuses is reported at the very place. */
export function schedulePayload(
  node: SpecNode,
  payload: JsonSchema,
  {
    attributes,
    groupField,
  }: { readonly attributes: readonly IngressAttribute[] | null; readonly groupField: string | null },
  problems: Diagnostic[],
): SchedulePayload | null {
  const written = node.get('payload');
  if (written === undefined) return null;
  const value = resolved(written);
  const found = findViolation(payload, payload, withExamples(value));
  if (found !== null) {
    const message = `The payload of the schedule is not valid: it ${found.problem}.`;
    problems.push(report('ingress-payload', originAt(node, written, found.path), message));
    return null;
  }
  const fields = isObject(value) ? value : {};
  return {
    payload: canonicalText(value),
    ...(attributes !== null && {
      attributes: Object.fromEntries(attributes.flatMap((one) => attributeOf(fields, one))),
    }),
    ...(groupField !== null && { group: String(own(fields, groupField)) }),
  };
}

function attributeOf(
  fields: Readonly<Record<string, unknown>>,
  { name, type }: IngressAttribute,
): readonly (readonly [string, { readonly type: IngressAttribute['type']; readonly text: string }])[] {
  const value = own(fields, name);
  if (value === undefined || value === null) return [];
  return [[name, { type, text: typeof value === 'string' ? value : JSON.stringify(value) }]];
}

/** The value with the `$ref`s in it followed. */
function resolved(node: SpecNode): unknown {
  if (Array.isArray(node.value)) return node.entries().map(([, child]) => resolved(child));
  if (!isObject(node.value)) return node.value;
  return Object.fromEntries(node.entries().map(([key, child]) => [key, resolved(child)]));
}

function withExamples(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/<([a-z.-]+)>/g, (whole, word: string) => (own(context, word) as string) ?? whole);
  if (Array.isArray(value)) return value.map(withExamples);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withExamples(item)]));
}

function originAt(holder: SpecNode, written: SpecNode, path: readonly (string | number)[]) {
  let node = written;
  let origin = holder.keyOrigin('payload');
  for (const key of path) {
    const child = node.get(key);
    if (child === undefined) break;
    origin = node.keyOrigin(key);
    node = child;
  }
  return origin;
}
