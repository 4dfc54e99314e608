import { describe, expect, test } from 'vitest';
import { definitionOf, environment, type Payload, thrown } from '../../../test/support/batch-system.ts';
import type { AwsClient } from '../connection.ts';
import type { PublishedEventDefinition } from '../definitions.ts';
import type { EventPublisher } from './event-publisher.ts';
import type { PublishFeature } from './publish-feature.ts';
import type { GivenEvent } from './publish-many.ts';
import { createPublisher } from './publisher.ts';
import { toBus } from './to-bus.ts';

describe('claims', () => {
  const claimed: number[] = [];
  const claiming: PublishFeature = {
    claim: async (outgoing) => {
      const { n } = outgoing.payload as Payload;
      claimed.push(n);
      return { ...outgoing, payload: { n } };
    },
  };
  const checked: PublishedEventDefinition = {
    ...definitionOf('Claimed', toBus, 'Bus'),
    claimCheck: { aboveBytes: 100, keep: [] },
  };

  test('are made of what is larger than allowed, and sized again; not before all events are valid', async () => {
    const bodies: string[] = [];
    const client: AwsClient = {
      send: async (command) => {
        const { Entries } = (command as unknown as { input: { Entries: { Detail: string }[] } }).input;
        bodies.push(...Entries.map(({ Detail }) => Detail));
        return { Entries: Entries.map(() => ({ EventId: 'e' })) };
      },
    };
    const publisher = createPublisher<EventPublisher<GivenEvent> & { one(payload: unknown): Promise<unknown> }>(
      { service: 's', operations: { one: [checked] } },
      { environment, clients: { eventBridge: client } },
      [claiming],
    );
    const large = { name: 'Claimed', payload: { n: 1, note: 'x'.repeat(2_000_000) } };
    await thrown(publisher.$publish([large, { name: 'Claimed', payload: {} }]));
    expect(claimed).toEqual([]);
    await publisher.$publish([large, { name: 'Claimed', payload: { n: 2 } }]);
    await publisher.one(large.payload);
    expect(claimed).toEqual([1, 1]);
    expect(bodies).toEqual(['{"n":1}', '{"n":2}', '{"n":1}']);
  });
});
