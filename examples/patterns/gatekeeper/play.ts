import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
for (const authorization of ['badge-7', 'found on the floor']) {
  const headers = { 'content-type': 'application/json', authorization };
  const body = JSON.stringify({ finding: 'all clear' });
  const { status } = await system.request({ method: 'POST', path: '/patients/p-1/findings', headers, body });
  told(`${authorization}: ${status}`);
}
await system.settle();
