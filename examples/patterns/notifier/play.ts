import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { createSensorsPublisher } from './generated/services/sensors/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { measurePressure } = createSensorsPublisher(system);
for (const bar of [5, 9, 14]) await measurePressure({ valve: 'v-3', bar });
await system.settle();
for (const subscriber of ['watch/writeToWatch', 'watch/callEngineer']) {
  told(`${subscriber}: ${system.received(subscriber).length} messages`);
}
