import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { createArchiveCalls } from './generated/services/archive/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { makeThumbnails } = createArchiveCalls({
  environment: system.environmentOf('archive'),
  clients: system.clients,
});
await makeThumbnails({ key: 'contract.pdf', pages: 3 });
told('archive: handed over');
await system.settle();
