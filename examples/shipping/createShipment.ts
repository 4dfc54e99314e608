import { createHash } from 'node:crypto';
import type { ShipmentCreated } from '../../generated/index.js';
import { createShipment } from '../../generated/services/shipping/index.js';

export const handler = createShipment(async ({ payload: payment, time }, { publish }) => {
  const { country } = payment.shipTo;
  const booking = createHash('sha256').update(`shipment:${payment.orderId}`).digest('hex');
  await publish('ShipmentCreated', {
    shipmentId: payment.paymentId,
    orderId: payment.orderId,
    carrier: carrierFor(country),
    trackingNumber: `${country}${booking.slice(0, 14).toUpperCase()}`,
    destination: payment.shipTo,
    parcels: [{ weightKg: 1.2, dimensionsCm: [30, 20, 15] }],
    createdAt: time.toISOString(),
  });
});

function carrierFor(country: string): ShipmentCreated['carrier'] {
  if (country === 'GB') return 'royalMail';
  if (country === 'RU') return 'russianPost';
  return country === 'US' ? 'ups' : 'dhl';
}
