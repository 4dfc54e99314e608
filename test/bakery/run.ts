import { createLocalSystem } from '@eventloom/local';
import { type HandlerModules, topology } from './generated/index.js';
import { packBasket } from './generated/services/counter/index.js';
import { bakeLoaf, splitBasket } from './generated/services/kitchen/index.js';
import { createShopPublisher } from './generated/services/shop/index.js';

// Orders baskets whose loaves are baked one by one in an oven that is out of order for a while, and packed together.
const baked: string[] = [];
const packed: { readonly basket: string | undefined; readonly loaves: readonly string[] }[] = [];
const system = createLocalSystem({ topology, handlers: handlers(), seed: 3, onLog: () => {} });
const ovenWorksFrom = system.now().getTime() + 60_000;

const shop = createShopPublisher({ clients: system.clients, environment: system.environmentOf('shop') });
const basket = (basketId: string, count: number, note: string) => ({
  basketId,
  loaves: Array.from({ length: count }, (_, n) => ({ loafId: `${basketId}-${n}`, grain: 'rye' as const })),
  note,
});
await shop.orderBasket(basket('small', 3, 'sliced'));
await shop.orderBasket(basket('large', 40, 'x'.repeat(1_500_000)));
await system.settle();
console.log(JSON.stringify({ baked: baked.sort(), packed, consumers: system.report().consumers.map(rowOf) }));

function handlers(): HandlerModules {
  return {
    'kitchen/splitBasket': async () => ({ handler: splitBasket((loaf) => loaf) }),
    'kitchen/bakeLoaf': async () => ({
      handler: bakeLoaf(async ({ payload }, { downstreams, publish }) => {
        await downstreams.oven.call(async () => {
          if (system.now().getTime() < ovenWorksFrom) throw new Error('The oven is cold');
        });
        baked.push(payload.loafId);
        await publish('LoafBaked', payload);
      }),
    }),
    'counter/packBasket': async () => ({
      handler: packBasket((parts) => {
        packed.push({ basket: parts[0]?.correlationId, loaves: parts.map(({ payload }) => payload.loafId) });
      }),
    }),
  };
}

function rowOf(row: {
  readonly key: string;
  readonly deadLettered: number;
  readonly lost: number;
  readonly inFlight: number;
}) {
  return [row.key, row.deadLettered + row.lost + row.inFlight];
}
