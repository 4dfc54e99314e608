import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { createWebsitePublisher } from './generated/services/website/index.js';
import { handlers } from './handlers.ts';

// Step Functions is not part of the local system: a function plays what the state machine does.
const system = createLocalSystem({
  topology,
  handlers,
  onLog: () => {},
  targets: {
    'settlement/settleClaim': async ({ content }, { clients }) => {
      told('settlement: an execution has started');
      const event = { Source: 'insurance.claims', DetailType: 'ClaimSettled', Detail: JSON.stringify(content) };
      await clients.eventBridge?.send(new PutEventsCommand({ Entries: [{ EventBusName: 'insurance', ...event }] }));
    },
  },
});
const { fileClaim } = createWebsitePublisher(system);
await fileClaim({ claim: 'c-1', euros: 120 });
await system.settle();
