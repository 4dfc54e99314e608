import { report } from '../diagnostics/report.ts';
import { quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';

/** Reports subscribers that would send the events of a bus to the same bus: their rule would match them again. */
export const deliveryLoop: Rule = ({ system }) => {
  const names = new Map(system.destinations.map(({ key, name }) => [key, name]));
  const subscribers = system.services.flatMap((service) => service.subscribers);
  return subscribers.flatMap(({ wiring: { routes, delivery }, operations, origin }) => {
    if (delivery.type !== 'bus' || delivery.account !== null || delivery.region !== null) return [];
    return routes
      .filter((route) => route.kind === 'eventbridge' && names.get(route.bus) === delivery.busName)
      .map((route) => {
        const operation = operations.find((one) => one.operation === route.operation);
        const message = `Operation ${quote(route.operation)} would send events of bus ${quote(delivery.busName)} to the same bus again, without end.`;
        const help = 'Name another bus, or the `account` or `region` that it is in.';
        return report('delivery-loop', operation?.origin ?? origin, message, help);
      });
  });
};
