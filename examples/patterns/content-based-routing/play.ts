import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createCounterPublisher } from './generated/services/counter/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { acceptParcel } = createCounterPublisher(system);
await acceptParcel({ id: 'a', kilograms: 0.2, country: 'FR' });
await acceptParcel({ id: 'b', kilograms: 12, country: 'CH' });
await system.settle();
