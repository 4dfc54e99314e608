import { type NotifyCustomerEvent, notifyCustomer } from '../../generated/services/notifications/index.js';

export const handler = notifyCustomer((event, { log }) => {
  log.info('Mail sent', { orderId: event.payload.orderId, subject: subjectOf(event) });
});

function subjectOf(event: NotifyCustomerEvent): string {
  switch (event.name) {
    case 'OrderPlaced':
      return 'We have your order';
    case 'PaymentProcessed':
      return event.payload.status === 'approved' ? 'Thank you for paying' : 'Your payment was declined';
    case 'ShipmentCreated':
      return `Your parcel ${event.payload.trackingNumber} is on its way`;
  }
}
