import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, apiKeys: ['carrier-1'], onLog: () => {} });
const call = async (key: string, body: object): Promise<void> => {
  const headers = { 'content-type': 'application/json', 'x-api-key': key };
  const { status } = await system.request({ method: 'POST', path: '/carrier', headers, body: JSON.stringify(body) });
  told(`carrier: ${status}`);
};
await call('carrier-1', { parcel: 'p-1', state: 'delivered' });
await call('carrier-1', { parcel: 'p-2', state: 'vanished' });
await call('somebody', { parcel: 'p-3', state: 'lost' });
await system.settle();
