import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { catalogue } from './catalogue.ts';
import { topology } from './generated/index.js';
import { createDeskOutbox } from './generated/services/desk/index.js';
import { handlers } from './handlers.ts';

const tables = [{ name: 'loans', partitionKey: 'book' }];
const system = createLocalSystem({ topology, handlers, tables, onLog: () => {} });
const outbox = createDeskOutbox({ environment: system.environmentOf('desk'), clients: system.clients });

// Two people want one book: one transaction saves the loan and what is told of it, or neither.
for (const member of ['anna', 'bert']) {
  const Put = { TableName: 'loans', Item: { book: { S: 'Emma' }, member: { S: member } } };
  const save = { Put: { ...Put, ConditionExpression: 'attribute_not_exists(book)' } };
  const event = outbox.tellLoan('BookLent', { book: 'Emma', member, at: 1 });
  await outbox.$transact([save], [event]).then(
    () => told(`desk: ${member} has it`),
    () => told(`desk: ${member} has to wait, and nothing is told`),
  );
}
told(`catalogue: Emma is ${catalogue.stateOf('Emma')}, since nothing has arrived yet`);
await system.settle();
told(`catalogue: Emma is ${catalogue.stateOf('Emma')}`);
