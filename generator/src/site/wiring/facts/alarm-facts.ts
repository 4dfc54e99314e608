import {
  planAlarms,
  settingsOf,
  type Topology,
  type Watchable,
  watchableConsumer,
  watchableSubscriber,
} from '@eventloom/engine';
import type { Fact } from '../../site-model.ts';
import { alarmCondition } from '../alarm-words.ts';
import type { Reception } from '../receptions.ts';

/** The bounds of the alarms on one receiver, as far as no environment changes them. */
export function alarmFacts(topology: Topology, reception: Reception): readonly Fact[] {
  const conditions = planAlarms([watchableOf(topology, reception)]).map(alarmCondition);
  const value = conditions.length === 0 ? 'none' : [...new Set(conditions)].join('; ');
  return [{ label: 'Alarms', value }];
}

function watchableOf(topology: Topology, reception: Reception): Watchable {
  const settings = settingsOf(topology, undefined, reception.receiver.wiring.service);
  return reception.kind === 'handler'
    ? watchableConsumer(topology, reception.receiver.wiring, settings)
    : watchableSubscriber(reception.receiver.wiring, settings);
}
