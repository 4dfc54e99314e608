import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const headers = { 'content-type': 'application/json', authorization: 'AWS4-HMAC-SHA256 signed' };
for (const [path, body] of [
  ['/markets/nordic/trips', { trip: 'fjords' }],
  ['/markets/iberian/trips', { trip: 'Douro' }],
  ['/markets/baltic/trips', { trip: 'dunes' }],
  ['/markets/nordic/trips', { trip: 7 }],
] as const) {
  const { status } = await system.request({ method: 'POST', path, headers, body: JSON.stringify(body) });
  told(`${path}: ${status}`);
}
await system.settle();
