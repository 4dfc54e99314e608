import { observabilityOf, settingsOf, type Topology } from '@eventloom/engine';
import type { Stack } from 'aws-cdk-lib';
import type { CfnAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { addAlarmTopic, alarmTopicArn } from './alarm-topic.ts';
import { addAlarms } from './alarms.ts';
import { addSystemDashboard } from './system-dashboard.ts';
import { type CoreDestinations, watchCore } from './watch-core.ts';

/** What watches a system as a whole. */
export interface CoreObservation {
  /** What all alarms are sent to; undefined when there are none. */
  readonly alarmTopic: Topic | undefined;
  /** Those of the core stack, by their names in it. */
  readonly alarms: ReadonlyMap<string, CfnAlarm>;
  /** Undefined when it is turned off. */
  readonly dashboard: CfnDashboard | undefined;
}

/** What the core stack is watched with. */
export interface CoreObservationOptions extends CoreDestinations {
  readonly topology: Topology;
  readonly environment?: string | undefined;
}

/** Adds the topic of alarms, the alarms of the core stack, and the dashboard of the system. */
export function observeCore(stack: Stack, options: CoreObservationOptions): CoreObservation {
  const { topology, environment } = options;
  const observability = observabilityOf(topology, environment);
  const alarmTopic = observability.alarms === 0 ? undefined : addAlarmTopic(stack, options);
  const topicArn = alarmTopic?.topicArn ?? alarmTopicArn(stack, topology.system, environment);
  const alarms = addAlarms(stack, watchCore(topology, environment, options), { topicArn });
  const { dashboard } = settingsOf(topology, environment);
  return {
    alarmTopic,
    alarms,
    dashboard: dashboard ? addSystemDashboard(stack, { topology, environment, alarms, observability }) : undefined,
  };
}
