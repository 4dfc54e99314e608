import type { Infrastructure, Topology } from '@eventloom/engine';
import { parcelTopology } from './parcel-topology.ts';
import { type Found, type Properties, resource, resources, spell, type Template, type Templates } from './template.ts';

/** The parcel service with other settings. */
export function withInfrastructure(infrastructure: Infrastructure): Topology {
  return { ...parcelTopology, infrastructure };
}

/** The parcel service with one consumer changed. */
export function change(key: string, part: Partial<Topology['consumers'][number]>): Topology {
  const consumers = parcelTopology.consumers.map((one) => (one.key === key ? { ...one, ...part } : one));
  return { ...parcelTopology, consumers };
}

/** The template of a stack. */
export function templateOf(all: Templates, name: string): Template {
  const template = all.get(name);
  if (template === undefined) throw new Error(`no stack ${name}`);
  return template;
}

/** The properties of the alarm with that physical name, with their references spelt. */
export function alarmNamed(template: Template, name: string): Properties {
  const found: Found = resource(template, 'AWS::CloudWatch::Alarm', ({ AlarmName }) => AlarmName === name);
  return spell(found.properties) as Properties;
}

/** The physical names of the alarms of a template, sorted. */
export function namesIn(template: Template): readonly string[] {
  return resources(template, 'AWS::CloudWatch::Alarm')
    .map(({ properties }) => String(properties.AlarmName))
    .sort();
}

/** One of the metrics or expressions of an alarm. */
export interface MetricQuery {
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly Dimensions: readonly { readonly Value: unknown }[] } };
}

/** The metrics and expressions of an alarm. */
export function queriesOf({ Metrics = [] }: Properties): readonly MetricQuery[] {
  return Metrics as readonly MetricQuery[];
}

/** What an alarm on several metrics compares. */
export function expressionOf(alarm: Properties): string | undefined {
  return queriesOf(alarm).find(({ Expression }) => Expression !== undefined)?.Expression;
}

/** What its metrics are of: queues or functions. */
export function queuesOf(alarm: Properties): readonly unknown[] {
  return queriesOf(alarm).flatMap(({ MetricStat }) => spell(MetricStat?.Metric.Dimensions[0]?.Value) ?? []);
}

/** The functions of an alarm on one metric or several. */
export function functionsOf(alarm: Properties): readonly string[] {
  const dimensions = alarm.Dimensions as readonly { readonly Value: unknown }[] | undefined;
  return (dimensions === undefined ? queuesOf(alarm) : [spell(dimensions[0]?.Value)]).map(String);
}

/** How many metrics an alarm looks at. */
export function metricsOf(alarm: Properties): number {
  return alarm.MetricName === undefined ? queriesOf(alarm).filter(({ MetricStat }) => MetricStat).length : 1;
}
