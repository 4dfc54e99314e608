import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { createOfficePublisher } from './generated/services/office/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { startTerm } = createOfficePublisher(system);
await startTerm({ term: 'autumn' });
await system.settle();
told(`archive: ${system.received('archive/keepTerm').length} line in the log`);
told(`buses.example: called ${system.received('office/tellTransport').length} time`);
