import type { HandlerModules } from '../generated/index.js';

/**
 * The handler of every consumer and of the relay of the outbox. A missing one is a compile error, and so is one that belongs to another consumer.
 * Nothing is loaded until it is called, so both the local system and the CDK app can hold the whole record.
 */
export const handlers: HandlerModules = {
  'analytics/recordEvent': () => import('./analytics/recordEvent.ts'),
  'compliance/verifyMarket': () => import('./compliance/verifyMarket.ts'),
  'customs/declareExport': () => import('./customs/declareExport.ts'),
  'fraud/reviewMarketplaceOrder': () => import('./fraud/reviewMarketplaceOrder.ts'),
  'fraud/screenHighValueOrder': () => import('./fraud/screenHighValueOrder.ts'),
  'notifications/notifyCustomer': () => import('./notifications/notifyCustomer.ts'),
  'orders/acceptEuOrder': () => import('./orders/acceptEuOrder.ts'),
  'orders/acceptRuOrder': () => import('./orders/acceptRuOrder.ts'),
  'orders/acceptUsOrder': () => import('./orders/acceptUsOrder.ts'),
  'orders/cancelOrder': () => import('./orders/cancelOrder.ts'),
  'orders/outbox-relay': () => import('./orders/outbox-relay.ts'),
  'orders/updateOrder': () => import('./orders/updateOrder.ts'),
  'payments/chargeOrder': () => import('./payments/chargeOrder.ts'),
  'reports/dailyFigures': () => import('./reports/dailyFigures.ts'),
  'shipping/createShipment': () => import('./shipping/createShipment.ts'),
  'warehouse/completeOrder': () => import('./warehouse/completeOrder.ts'),
  'warehouse/prepareOrder': () => import('./warehouse/prepareOrder.ts'),
  'warehouse/reserveItem': () => import('./warehouse/reserveItem.ts'),
  'warehouse/splitOrder': () => import('./warehouse/splitOrder.ts'),
};
