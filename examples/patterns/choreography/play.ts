import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createReceptionPublisher } from './generated/services/reception/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { receivePatient } = createReceptionPublisher(system);
await receivePatient({ visit: 'v-1' });
await system.settle();
await receivePatient({ visit: 'v-2' });
await system.settle();
