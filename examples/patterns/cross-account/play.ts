import { createLocalSystem } from '@eventloom/local';
import { told } from '../told.ts';
import { topology } from './generated/index.js';
import { createPurchasingPublisher } from './generated/services/purchasing/index.js';
import { createSupplierPublisher } from './generated/services/supplier/index.js';
import { handlers } from './handlers.ts';

// The supplier is another account, and so another system: this plays what it does.
const supplier = createSupplierPublisher;
const system = createLocalSystem({
  topology,
  handlers,
  onLog: () => {},
  targets: {
    'purchasing/passToSupplier': () => told('supplier: has the order'),
  },
});
await createPurchasingPublisher(system).orderGoods({ sku: 'tea', boxes: 3 });
await system.settle();
await supplier(system).deliverGoods({ sku: 'tea', boxes: 3 });
await system.settle();
