import type { ResolvedSettings, Topology } from '@eventloom/engine';
import type { ServiceModel } from '../../../model/event-model.ts';
import { count } from '../../count.ts';
import type { ResourceEntry } from '../../site-model.ts';
import { code, duration } from '../words.ts';
import { keptFact, logFact, removalFact } from './shared-facts.ts';
import { outboxTableName } from './tables.ts';

/** The outbox of a service, and the relay that publishes what is in it. */
export function outboxResources(
  { system }: Topology,
  { wiring }: ServiceModel,
  settings: ResolvedSettings,
): readonly ResourceEntry[] {
  const { outbox, name } = wiring;
  if (outbox === undefined) return [];
  const belongsTo = outbox.key;
  return [
    {
      kind: 'DynamoDB table',
      name: outboxTableName(system, name),
      belongsTo,
      facts: [
        { label: 'Holds', value: 'events that are written in a transaction, until they are published' },
        removalFact(settings),
      ],
    },
    {
      kind: 'Lambda function',
      name: 'OutboxRelay/Function',
      belongsTo,
      facts: [
        { label: 'Handler', value: code(outbox.handler) },
        { label: 'Reads', value: `the stream of the outbox, ${count(outbox.batchSize, 'record')} at most` },
        { label: 'Given up after', value: duration(outbox.maxRecordAgeSeconds) },
        { label: 'Time-out', value: duration(outbox.timeoutSeconds) },
        { label: 'Memory', value: `${outbox.memoryMb} MiB` },
        logFact(settings),
      ],
    },
    { kind: 'event source mapping', name: 'OutboxRelay/Mapping', belongsTo, facts: [] },
    { kind: 'dead-letter queue', name: 'OutboxRelay/DeadLetterQueue', belongsTo, facts: [keptFact] },
  ];
}
