import type { SubscriberDelivery } from '@eventloom/engine';
import { report } from '../../diagnostics/report.ts';
import type { Messages } from '../messages.ts';
import { pointerTokens } from '../pointer.ts';
import { pointerFacts } from '../pointer-facts.ts';
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
  for (const { name, definition } of source.operations.flatMap((operation) => operation.messages)) {
    const payload = messages.byDefinition.get(definition)?.payload;
    if (payload === undefined || seen.has(payload)) continue;
    seen.add(payload);
    const { isDeclared, mayBeScalar, isRequired, hint } = pointerFacts(payload, path);
    const fault = !isDeclared
      ? 'does not declare'
      : !mayBeScalar
        ? 'does not declare as a text, a number or a boolean'
        : isRequired
          ? null
          : 'does not require';
    if (fault === null) continue;
    const message = `\`x-delivery.${option}\` has ${quote(pointer)}, which message ${quote(name)} ${fault}: such an event could not be delivered.`;
    source.problems.push(report('partition-field', originOf(option, source), message, hint === '' ? undefined : hint));
  }
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
