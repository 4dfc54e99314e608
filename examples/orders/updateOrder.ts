import { type UpdateOrderEvent, updateOrder } from '../../generated/services/orders/index.js';

export const handler = updateOrder(async (event, { publish }) => {
  await publish('OrderUpdated', {
    orderId: event.payload.orderId,
    status: statusAfter(event),
    reason: null,
    changedAt: event.time.toISOString(),
    ...(event.name === 'ShipmentCreated' ? { trackingNumber: event.payload.trackingNumber } : {}),
  });
});

function statusAfter(
  event: UpdateOrderEvent,
): 'paid' | 'cancelled' | 'shipped' | 'inTransit' | 'delivered' | 'returned' {
  switch (event.name) {
    case 'PaymentProcessed':
      return event.payload.status === 'approved' ? 'paid' : 'cancelled';
    case 'ShipmentCreated':
      return 'shipped';
    case 'ShipmentStatusUpdated':
      return event.payload.status;
  }
}
