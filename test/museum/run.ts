import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createCuratorsPublisher } from './generated/services/curators/index.js';
import { createDepotPublisher } from './generated/services/depot/index.js';
import { createDeskPublisher } from './generated/services/desk/index.js';
import { createGatesPublisher } from './generated/services/gates/index.js';
import { createGuardsPublisher } from './generated/services/guards/index.js';
import { handlers } from './handlers.ts';

// Plays a day at the museum and prints, as JSON, how many events each subscriber has received.
const system = createLocalSystem({ topology, handlers, seed: 7, onLog: () => {} });
const aws = { clients: system.clients, environment: system.environment };
const curators = createCuratorsPublisher(aws);
await curators.agreeLoan('LoanAgreed', { loanId: 'l1', value: 500, lender: 'prado' });
await curators.agreeLoan('LoanAgreed', { loanId: 'l2', value: 5000, lender: 'louvre' });
await curators.agreeLoan('LoanEnded', { loanId: 'l1', lender: 'prado' });
await createDeskPublisher(aws).bookVisit({ wing: 'east', guests: [] });
const guards = createGuardsPublisher(aws);
await guards.raiseAlarm({ severity: 'low' });
await guards.raiseAlarm({ severity: 'high' });
await createDepotPublisher(aws).movePiece({ piece: 'vase' });
await createGatesPublisher(aws).scanTicket({ scanner: 'north' });
await system.settle();

const keys = (topology.subscribers ?? []).map(({ key }) => key);
const received = Object.fromEntries(keys.map((key) => [key, system.received(key).length]));
const fair = system.report().consumers.map(({ key, handled }) => [key, handled]);
console.log(JSON.stringify({ received, fair: Object.fromEntries(fair) }));
