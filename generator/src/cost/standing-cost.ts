import { monthHours, type Topology } from '@eventloom/engine';
import { type CostLine, charge } from './cost-line.ts';

/** What is there however many events come. */
export interface StandingCounts {
  /** Metrics of alarms: CloudWatch charges for each. */
  readonly alarms: number;
  readonly dashboards: number;
  /** Customer-managed keys. */
  readonly keys: number;
}

/** The positions of alarms, dashboards and keys. */
export function standingLines({ alarms, dashboards, keys }: StandingCounts): readonly CostLine[] {
  return [
    ...charge('alarms', alarms, 'alarms: metrics'),
    ...charge('dashboards', dashboards, 'dashboards'),
    ...charge('keys', keys, 'customer-managed key'),
  ];
}

/** How often a queue asks for a new data key, and what it is asked by: whoever sends, and whoever receives. */
const dataKeyMinutes = 5;
const keyUsers = 2;

/** Uses of the key: each queue, topic, bus and table keeps a data key for some minutes, for each of its users. */
export function keyRequestLines({ destinations, consumers, subscribers = [] }: Topology): readonly CostLine[] {
  const queues = consumers.filter(({ delivery }) => delivery.type === 'queue').length + subscribers.length;
  const periods = (monthHours * 60) / dataKeyMinutes;
  return charge('keyRequests', (destinations.length + queues) * keyUsers * periods, 'uses of the key');
}
