import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createAccountsPublisher } from './generated/services/accounts/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });

// The old system, as it is:
const { queueUrl } = system.ingress('mirrorOldSystem') as { readonly queueUrl: string };
const MessageBody = JSON.stringify({ iban: 'DE02', owner: 'Anna' });
await system.clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
await system.settle();

// The new one, which has taken over one account:
await createAccountsPublisher(system).changeAccount({ iban: 'DE08', owner: 'Bert' });
await system.settle();
