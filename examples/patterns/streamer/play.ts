import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { createPlayerPublisher } from './generated/services/player/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const player = createPlayerPublisher(system);
const plays = ['Valse', 'Valse', 'Gymnopedie'].map((song) => ({ song, country: 'FR', listener: 'l-1' }));
await player.$publish(plays.map((payload) => ({ name: 'SongPlayed', payload })));
await system.settle();
told(`analytics: ${system.received('analytics/keepPlays').length} records for the bucket`);
told(`charts: ${system.received('charts/countPlays').length} records in the stream`);
