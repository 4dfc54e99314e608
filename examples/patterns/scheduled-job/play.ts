import { createLocalSystem } from '@eventloom/local';
import { topology } from './generated/index.js';
import { handlers } from './handlers.ts';

const startTime = new Date('2026-11-20T09:00:00Z');
const system = createLocalSystem({ topology, handlers, startTime, onLog: () => {} });
await system.advance(60 * 24 * 60 * 60 * 1000);
await system.settle();
