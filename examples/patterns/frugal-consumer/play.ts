import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createDeskPublisher } from './generated/services/desk/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const desk = createDeskPublisher(system);
const loans = Array.from({ length: 250 }, (_, number) => ({ book: `book-${number}`, member: 'm-1' }));
await desk.$publish(loans.map((payload) => ({ name: 'BookLent', payload })));
await system.settle();
