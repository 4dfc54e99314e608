import { createOrdersOutboxRelay } from '../../generated/services/orders/index.js';

export const handler = createOrdersOutboxRelay();
