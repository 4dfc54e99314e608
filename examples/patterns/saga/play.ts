import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createAgencyPublisher } from './generated/services/agency/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { orderTrip } = createAgencyPublisher(system);
await orderTrip({ trip: 't-1', city: 'Lyon' });
await system.settle();
await orderTrip({ trip: 't-2', city: 'Ulm' });
await system.settle();
