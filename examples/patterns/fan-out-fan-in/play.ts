import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createWaiterPublisher } from './generated/services/waiter/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { orderMeal } = createWaiterPublisher(system);
await orderMeal({ table: 7, dishes: ['soup', 'trout', 'cake'] });
await system.settle();
