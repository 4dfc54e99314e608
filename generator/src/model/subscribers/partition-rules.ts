import type { SubscriberDelivery } from '@eventloom/engine';
import { report } from '../../diagnostics/report.ts';
import type { JsonSchema } from '../event-model.ts';
import type { Messages } from '../messages.ts';
import { pointerTokens } from '../pointer.ts';
import { pointerFacts } from '../pointer-facts.ts';
import { isObject } from '../schema/json.ts';
import { quote } from '../wording.ts';
import type { DeliverySource } from './options.ts';

/** Judges the pointers of a stream: each must lead to a scalar in every payload that is received. */
export function checkPartitions(delivery: SubscriberDelivery, messages: Messages, source: DeliverySource): void {
  if (delivery.type !== 'stream') return;
  if (delivery.kind === 'firehose') {
    for (const pointer of delivery.partitions) checkPointer({ option: 'partitions', pointer }, messages, source);
  } else if (delivery.partitionKey !== null) {
    checkPointer({ option: 'partitionKey', pointer: delivery.partitionKey }, messages, source);
    checkPath(delivery.partitionKey, source);
  }
}

interface Pointer {
  readonly option: string;
  readonly pointer: string;
}

/** Once for each message: what one of them lacks, its events lack. */
function checkPointer({ option, pointer }: Pointer, messages: Messages, source: DeliverySource): void {
  const path = pointerTokens(pointer) ?? [];
  const seen = new Set<unknown>();
  for (const { filter, messages: own } of source.operations) {
    const demanded = demandOf(filter?.value, path);
    for (const { name, definition } of own) {
      const payload = messages.byDefinition.get(definition)?.payload;
      if (payload === undefined || seen.has(payload)) continue;
      const { text, hint } = faultOf(payload, path, demanded);
      if (text === null) continue;
      seen.add(payload);
      const message = `\`x-delivery.${option}\` has ${quote(pointer)}, which message ${quote(name)} ${text}: such an event could not be delivered.`;
      source.problems.push(report('partition-field', originOf(option, source), message, hint || undefined));
    }
  }
}

function faultOf(
  payload: JsonSchema,
  path: readonly string[],
  demanded: Demand,
): { readonly text: string | null; readonly hint?: string } {
  const { isDeclared, mayBeScalar, mayBeNull, isRequired, hint } = pointerFacts(payload, path);
  if (!isDeclared) return { text: 'does not declare', hint };
  if (!mayBeScalar) return { text: 'does not declare as a text, a number or a boolean' };
  if (!isRequired && demanded === null) return { text: 'does not require', hint: askFor(path) };
  return mayBeNull && demanded !== 'value'
    ? { text: 'lets be null', hint: 'Leave null out of its types.' }
    : { text: null };
}

function askFor(path: readonly string[]): string {
  const filter = path.reduceRight((inner, name) => `{ ${name}: ${inner} }`, '[{ exists: true }]');
  return `Require it in the schema, or let the filter ask for it: \`x-filter: ${filter}\`.`;
}

/** What a filter asks for: a value, a field that is there but may be null, or neither. */
type Demand = 'value' | 'field' | null;

/** Says what a filter asks for at a path. What stands in an `$or` does not count. */
function demandOf(filter: unknown, path: readonly string[]): Demand {
  const [name, ...rest] = path;
  if (name !== undefined) {
    return isObject(filter) && Object.hasOwn(filter, name) ? demandOf(filter[name], rest) : null;
  }
  if (!Array.isArray(filter) || filter.length === 0) return null;
  const demands = filter.map(demandOfAlternative);
  return demands.includes(null) ? null : demands.includes('field') ? 'field' : 'value';
}

function demandOfAlternative(alternative: unknown): Demand {
  if (alternative === null) return 'field';
  if (!isObject(alternative) || !Object.hasOwn(alternative, 'exists')) return 'value';
  return alternative.exists === true ? 'field' : null;
}

/** EventBridge reads the key by a path with dots, which other names cannot stand in. */
function checkPath(pointer: string, source: DeliverySource): void {
  const awkward = pointerTokens(pointer)?.find((token) => !/^[A-Za-z0-9_-]+$/.test(token));
  if (awkward === undefined) return;
  const message = `\`x-delivery.partitionKey\` passes ${quote(awkward)}; EventBridge reads names of letters, digits, \`_\` and \`-\` only.`;
  source.problems.push(report('partition-field', originOf('partitionKey', source), message, 'Point to another field.'));
}

function originOf(option: string, { options, origin }: DeliverySource) {
  return options.get(option)?.origin ?? origin;
}
