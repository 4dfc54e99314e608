import { putEventsEntryBytes } from '@eventloom/engine';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { environment, now, onBus } from '../../../test/support/publisher-system.ts';
import { connect } from '../connection.ts';
import { encode } from './prepare.ts';
import { sendToBus } from './send-to-bus.ts';

test('an entry has as many bytes as AWS counts in what is sent for it, and as JSON makes of its resources', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1 });
  const part = fc.record({ of: text, index: fc.nat(), count: fc.nat() });
  const time = fc.constantFrom(now, undefined);
  const options = fc.record({ id: text, correlationId: text, part, time, traceHeader: text }, { requiredKeys: [] });
  await fc.assert(
    fc.asyncProperty(text, text, text, options, async (name, source, note, given) => {
      const sent: object[] = [];
      const send = async (command: object): Promise<void> =>
        void sent.push(...(command as { readonly input: { readonly Entries: object[] } }).input.Entries);
      const connection = connect({ environment, clients: { eventBridge: { send } } });
      const payload = { total: 1, note };
      const entry = encode(connection, { event: { ...onBus, name, source }, payload, options: given });
      await sendToBus(connection, [entry]);
      const { Resources = [] } = sent[0] as { readonly Resources?: readonly string[] };
      const escapes = Resources.map(
        (resource) => Buffer.byteLength(JSON.stringify(resource).slice(1, -1)) - Buffer.byteLength(resource),
      );
      expect(sent.map(putEventsEntryBytes)).toEqual([escapes.reduce((bytes, more) => bytes - more, entry.bytes)]);
    }),
  );
});
