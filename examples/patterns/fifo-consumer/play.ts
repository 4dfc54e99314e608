import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createBankPublisher } from './generated/services/bank/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const bank = createBankPublisher(system);
const moves = [
  { account: 'anna', cents: 100 },
  { account: 'anna', cents: -30 },
  { account: 'anna', cents: 5 },
  { account: 'bert', cents: 7 },
];
await bank.$publish(moves.map((payload) => ({ name: 'MoneyMoved', payload })));
await system.settle();
