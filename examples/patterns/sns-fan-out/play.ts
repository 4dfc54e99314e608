import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { createPricingPublisher } from './generated/services/pricing/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { changePrice } = createPricingPublisher(system);
await changePrice({ sku: 'lamp', cents: 1990, direction: 'up' });
await system.settle();
await changePrice({ sku: 'chair', cents: 4900, direction: 'down' });
await system.settle();
