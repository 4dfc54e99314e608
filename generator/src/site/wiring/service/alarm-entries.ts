import { limits, type StackObservability, type Topology } from '@eventloom/engine';
import type { AlarmEntry } from '../../site-model.ts';
import { alarmCondition, alarmMeanings } from '../alarm-words.ts';
import { code, together } from '../words.ts';

/** Things watched that an alarm names; more are counted. */
const named = 10;

/**
 * The alarms of the stacks of a service, as far as no environment changes them; an environment stands in front of their
 * names.
 */
export function alarmEntries(
  { system }: Pick<Topology, 'system'>,
  stacks: readonly StackObservability[],
): readonly AlarmEntry[] {
  return stacks.flatMap(({ name, alarms }) =>
    alarms.map((alarm) => {
      const watched = [...new Set(alarm.metrics.map((metric) => metric.watched))].sort();
      const more = watched.length > named ? [`${watched.length - named} more`] : [];
      return {
        name: alarmName(`${system}-${name ?? ''}`, alarm.name),
        condition: alarmCondition(alarm),
        meaning: `${alarmMeanings[alarm.kind]}: ${together([...watched.slice(0, named).map(code), ...more])}`,
      };
    }),
  );
}

/** What is too long for a name is named by CloudFormation; then its name in the stack. */
function alarmName(stackName: string, alarm: string): string {
  const name = `${stackName}-${alarm}`;
  return name.length <= limits.alarmNameCharacters.value ? name : alarm;
}
