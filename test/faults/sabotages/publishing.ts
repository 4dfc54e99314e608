import { nameOf, type Sabotage, withClient, withHandlersClient } from './sabotage.ts';

type Entries = { readonly Entries?: readonly { readonly EventId?: string }[] };

const made = { EventId: 'made-up' };

/** Protections of those who publish. */
export const publishing: readonly Sabotage[] = [
  {
    name: 'entries that EventBridge refused are sent again',
    found: 'misreported',
    clients: (clients) =>
      withClient(clients, 'eventBridge', async (send) => {
        const { Entries = [] } = (await send()) as Entries;
        return { FailedEntryCount: 0, Entries: Entries.map((entry) => (entry.EventId ? entry : made)) };
      }),
  },
  {
    name: 'only the entries that were refused are sent again',
    found: 'published twice',
    clients: (clients) =>
      withClient(clients, 'eventBridge', async (send) => {
        const answer = (await send()) as Entries;
        const { Entries = [] } = answer;
        if (Entries.every(({ EventId }) => EventId !== undefined)) return answer;
        return { FailedEntryCount: Entries.length, Entries: Entries.map(() => ({ ErrorCode: 'InternalFailure' })) };
      }),
  },
  {
    name: 'a request that failed is reported',
    found: 'misreported',
    clients: (clients) =>
      withClient(clients, 'eventBridge', async (send, { input }) => {
        const { Entries = [] } = input as Entries;
        return send().catch(() => ({ FailedEntryCount: 0, Entries: Entries.map(() => made) }));
      }),
  },
  {
    name: 'what may have been accepted is called unconfirmed',
    found: 'misreported',
    clients: (clients) =>
      withClient(clients, 'eventBridge', (send) =>
        send().catch((error: unknown) => {
          throw Object.assign(new Error('Refused'), { name: 'Refused', cause: error });
        }),
      ),
  },
  {
    name: 'the order of a FIFO group is kept when a part of its batch is refused',
    found: 'out of order',
    clients: (clients) =>
      withClient(clients, 'sqs', async (send, command) => {
        const answer = Object(await send());
        if (nameOf(command) !== 'SendMessageBatchCommand' || !answer.Failed?.length) return answer;
        // Refused as a whole: what is sent again comes behind what had been accepted.
        const failed = [...answer.Failed, ...answer.Successful].map(({ Id }) => ({
          Id,
          Code: 'x',
          SenderFault: false,
        }));
        return { Successful: [], Failed: failed };
      }),
  },
  {
    name: 'the parts of a split keep their ids',
    found: 'renamed',
    invocation: (invocation, { consumer }) =>
      consumer !== 'payroll/splitSalaries'
        ? invocation
        : withHandlersClient(invocation, 'eventBridge', (send, { input }) => {
            for (const entry of (input as { readonly Entries: { Resources?: string[] | undefined }[] }).Entries) {
              entry.Resources = entry.Resources?.map((urn) =>
                urn.startsWith('urn:eventloom:id:') ? `urn:eventloom:id:${crypto.randomUUID()}` : urn,
              );
            }
            return send();
          }),
  },
];
