import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { createDeskPublisher } from './generated/services/desk/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { handIn } = createDeskPublisher(system);
await handIn({ form: 'address', fee: 0, district: 'north' });
await handIn({ form: 'passport', fee: 60, district: 'south' });
await system.settle();
for (const { key } of topology.subscribers ?? []) told(`${key}: ${system.received(key).length} event`);
