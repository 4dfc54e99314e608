import { createLocalSystem } from '@eventloom/local';
import type { CallError } from '@eventloom/runtime';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { createCounterCalls } from './generated/services/counter/index.js';
import { handlers } from './handlers.ts';

const system = createLocalSystem({ topology, handlers, onLog: () => {} });
const { quoteParcel } = createCounterCalls({ environment: system.environmentOf('counter'), clients: system.clients });

const { cents } = await quoteParcel({ grams: 500 });
told(`500 g cost ${cents} cents`);
await quoteParcel({ grams: 90_000 }).catch(({ code, errorType }: CallError) => told(`90 kg: ${code}, ${errorType}`));
