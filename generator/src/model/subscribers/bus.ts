import type { BusDelivery } from '@eventloom/engine';
import { arnParts } from '../read/shapes.ts';
import { type DeliverySource, given, isWritten, refuseBeside, required } from './options.ts';

const help = "Give the bus by `busName`, with `account` and `region` where they are not the stack's, or by its `arn`.";

/** Makes the delivery to another bus, by its name or its ARN. */
export function busDelivery(source: DeliverySource): BusDelivery {
  const arn = given<string>(source, 'arn');
  if (arn === null) {
    return {
      type: 'bus',
      busName: isWritten(source, 'arn') ? 'unknown' : required(source, 'busName', 'unknown', help),
      account: given<string>(source, 'account'),
      region: given<string>(source, 'region'),
    };
  }
  refuseBeside(source, ['busName', 'account', 'region'], 'beside `arn`, which says it', 'Keep one of them.');
  const { account, region, rest } = arnParts(arn, 'events');
  return { type: 'bus', busName: rest.slice(rest.indexOf('/') + 1), account, region };
}
