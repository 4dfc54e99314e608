import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { bank } from './bank.ts';
import { topology } from './generated/index.js';
import { createWebsitePublisher } from './generated/services/website/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const website = createWebsitePublisher(system);
const bookings = Array.from({ length: 20 }, (_, number) => ({ booking: `b-${number + 1}` }));
await website.$publish(bookings.map((payload) => ({ name: 'RoomBooked', payload })));
await system.advance(120_000);
told(`two minutes of outage, 20 bookings: the bank was called ${bank.calls < 20 ? 'less' : 'more'} than 20 times`);
bank.isDown = false;
await system.settle();
const [{ handled, deadLettered } = { handled: 0, deadLettered: 0 }] = system.report().consumers;
told(`handled ${handled}, dead-lettered ${deadLettered}`);
