import { limits, type Topology } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { manyConsumers } from './many-consumers.ts';
import { parcelTopology } from './parcel-topology.ts';
import { synthesize } from './synthesize.ts';
import { resource, resources, spell, type Template, type Templates } from './template.ts';

interface Widget {
  readonly type: 'text' | 'metric' | 'alarm';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

const templates = synthesize(parcelTopology, { environment: 'dev' });

describe('the dashboard of a service', () => {
  const widgets = widgetsOf(templateOf(templates, 'dev-parcel-fleet'), 'dev-parcel-fleet');

  test('has a row for each consumer and the relay, in the order of their keys', () => {
    const headings = widgets.flatMap(({ properties }) => properties.markdown?.match(/^## (.*)/)?.[1] ?? []);
    expect(headings).toEqual(['fleet/collectReturn', 'fleet/outbox-relay', 'fleet/planTour', 'fleet/trackVan']);
  });

  test('shows what is published, handled, what fails, dead letters, and the alarms', () => {
    expect(metricsOf(widgets, 'Published')).toEqual([
      ['AWS/SQS', 'NumberOfMessagesSent', 'QueueName', 'dev-returns.fifo'],
      ['AWS/SNS', 'NumberOfMessagesPublished', 'TopicName', 'dev-van-moves.fifo'],
    ]);
    const functions = metricsOf(widgets, 'Handled: invocations');
    expect(functions).toHaveLength(4);
    for (const metric of functions) {
      expect(metric).toEqual([
        'AWS/Lambda',
        'Invocations',
        'FunctionName',
        expect.stringMatching(/^\$\{\w+Function\w+\}$/),
      ]);
    }
    expect(metricsOf(widgets, 'Failed: errors')).toHaveLength(4);
    // One of the consumers also has that of the channel it reads.
    expect(metricsOf(widgets, 'Dead letters')).toHaveLength(5);
    const alarms = resources(templateOf(templates, 'dev-parcel-fleet'), 'AWS::CloudWatch::Alarm');
    expect(alarmsOf(widgets).length).toBe(alarms.length);
  });

  test('shows for a consumer what its rules match and cannot deliver, what waits, and how long it takes', () => {
    const claims = widgetsOf(templateOf(templates, 'dev-parcel-claims'), 'dev-parcel-claims');
    const rule = resource(templateOf(templates, 'dev-parcel-claims'), 'AWS::Events::Rule');
    const ofRule = ['AWS/Events', 'MatchedEvents', 'EventBusName', 'dev-parcel', 'RuleName'];
    const [matched] = metricsOf(claims, 'Matched and handled');
    expect(matched?.slice(0, 5)).toEqual(ofRule);
    expect(matched?.[5]).toContain(rule.id);
    expect(metricsOf(claims, 'Failed').map(([, name]) => name)).toEqual(['Errors', 'Throttles', 'FailedInvocations']);
    expect(metricsOf(claims, 'Waiting and dead letters').map(([, name]) => name)).toEqual([
      'ApproximateAgeOfOldestMessage',
      'ApproximateNumberOfMessagesVisible',
      'ApproximateNumberOfMessagesVisible',
    ]);
    expect(metricsOf(claims, 'Latency in ms').map(([, name]) => name)).toEqual([
      'Duration',
      'Duration',
      'IngestionToInvocationSuccessLatency',
    ]);
  });

  test('finds what handlers count themselves, where they do', () => {
    const [search] =
      widgets.find(({ properties }) => properties.title?.startsWith('Events handled'))?.properties.metrics ?? [];
    expect(search?.[0]).toMatchObject({
      expression: `SEARCH('{Eventloom,service,consumer} service="fleet" MetricName="Handled"', 'Sum', 300)`,
    });
  });
});

describe('the dashboard of the system', () => {
  const widgets = widgetsOf(templateOf(templates, 'dev-parcel'), 'dev-parcel');

  test('shows what is published, matched, handled, what fails, waits, and how long it takes', () => {
    const titles = widgets.filter(({ type }) => type === 'metric').map(({ properties }) => properties.title);
    expect(titles).toEqual([
      'Published',
      'Matched',
      'Handled: invocations',
      'Failed',
      'Waiting on queues, dead letters included',
      'Latency in ms',
    ]);
    expect(expressionsOf(widgets, 'Matched')).toEqual(
      ['dev-parcel', 'dev-partners'].map(
        (bus) =>
          `SUM(SEARCH('{AWS/Events,EventBusName,RuleName} EventBusName="${bus}" MetricName="MatchedEvents"', 'Sum', 300))`,
      ),
    );
    expect(expressionsOf(widgets, 'Handled: invocations')).toEqual([
      `SUM(SEARCH('{AWS/Lambda,FunctionName} MetricName="Invocations" FunctionName=dev-parcel', 'Sum', 300))`,
    ]);
    for (const title of titles) {
      for (const text of expressionsOf(widgets, title ?? ''))
        expect(text.length).toBeLessThan(limits.searchCharacters.value);
    }
  });

  test('leads to those of services, and shows all their alarms by name', () => {
    const services = ['archive', 'claims', 'fleet', 'labels', 'webshop'];
    const [heading] = widgets;
    for (const service of services) {
      expect(heading?.properties.markdown).toContain(`[${service}](#dashboards:name=dev-parcel-${service})`);
    }
    const shown = new Set(alarmsOf(widgets));
    for (const service of services) {
      for (const { properties } of resources(
        templateOf(templates, `dev-parcel-${service}`),
        'AWS::CloudWatch::Alarm',
      )) {
        expect(shown).toContain(
          `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:${properties.AlarmName}`,
        );
      }
    }
  });
});

describe('every dashboard', () => {
  const large = synthesize(manyConsumers(90, 1));

  test('is within the limits of CloudWatch, with no widget over another or past the edge', () => {
    for (const [name, template] of [...templates, ...large]) {
      const widgets = widgetsOf(template, name);
      const metrics = widgets.map(({ properties }) => properties.metrics?.length ?? 0);
      expect(widgets.length).toBeLessThanOrEqual(limits.dashboardWidgets.value);
      expect(Math.max(...metrics)).toBeLessThanOrEqual(limits.widgetMetrics.value);
      expect(metrics.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(limits.dashboardMetrics.value);
      for (const { properties } of widgets)
        expect(properties.alarms?.length ?? 0).toBeLessThanOrEqual(limits.widgetAlarms.value);
      const cells = widgets.flatMap(cellsOf);
      expect(new Set(cells).size).toBe(cells.length);
      for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
    }
  });

  test('stays far below the size that a template may have', () => {
    for (const template of large.values()) expect(JSON.stringify(template).length).toBeLessThan(700_000);
  });

  test('can be turned off for the system, a service or an environment', () => {
    const dashboards = (topology: Topology, environment: string) =>
      [...synthesize(topology, { environment })]
        .filter(([, template]) => resources(template, 'AWS::CloudWatch::Dashboard').length > 0)
        .map(([name]) => name);
    const topology = {
      ...parcelTopology,
      infrastructure: { services: { fleet: { dashboard: false } }, environments: { dev: { dashboard: false } } },
    };
    expect(dashboards(topology, 'dev')).toEqual([]);
    expect(dashboards(topology, 'prod')).not.toContain('prod-parcel-fleet');
    expect(dashboards(topology, 'prod')).toContain('prod-parcel-claims');
  });

  test('carries texts of the spec without letting CloudFormation or CloudWatch read them', () => {
    const evil = `{{resolve:ssm:x}} \${PROP('Dim.x')} "\\ ')`;
    const [first] = manyConsumers(1, 1).consumers;
    if (first === undefined) throw new Error('no consumer');
    const topology = { ...manyConsumers(1, 1), consumers: [{ ...first, key: `depot-a/${evil}`, consumer: evil }] };
    const template = templateOf(synthesize(topology), 'parcel-depot-a');
    const text = JSON.stringify(template);
    expect(text).not.toContain('{{resolve');
    expect(text).not.toContain("${PROP('Dim");
    const heading = widgetsOf(template, 'parcel-depot-a').find(({ properties }) =>
      properties.markdown?.startsWith('## '),
    );
    expect(heading?.properties.markdown).toBe(`## depot-a/{ {resolve:ssm:x}} $ {PROP('Dim.x')} "\\ ')`);
  });
});

function templateOf(all: Templates, name: string): Template {
  const template = all.get(name);
  if (template === undefined) throw new Error(`no stack ${name}`);
  return template;
}

/** The body with its intrinsic functions spelt, those with quotes in them as one word. */
function widgetsOf(template: Template, name: string): readonly Widget[] {
  const { properties } = resource(
    template,
    'AWS::CloudWatch::Dashboard',
    ({ DashboardName }) => DashboardName === name,
  );
  const parts = (properties.DashboardBody as { readonly 'Fn::Join': [string, readonly unknown[]] })['Fn::Join'][1];
  const text = parts.map((part) => (typeof part === 'string' ? part : wordOf(part))).join('');
  return (JSON.parse(text) as { readonly widgets: readonly Widget[] }).widgets;
}

function wordOf(part: unknown): string {
  const spelt = spell(part);
  return typeof spelt === 'string' ? spelt : JSON.stringify(spelt).replaceAll('"', '');
}

function metricsOf(widgets: readonly Widget[], title: string): readonly (readonly unknown[])[] {
  const found = widgets.find(({ properties }) => properties.title === title);
  return (found?.properties.metrics ?? []).map((metric) => metric.slice(0, -1));
}

function expressionsOf(widgets: readonly Widget[], title: string): readonly string[] {
  const found = widgets.find(({ properties }) => properties.title === title);
  return (found?.properties.metrics ?? []).flatMap(([first]) =>
    typeof first === 'object' && first !== null && 'expression' in first ? [String(first.expression)] : [],
  );
}

function alarmsOf(widgets: readonly Widget[]): readonly string[] {
  return widgets.flatMap(({ properties }) => properties.alarms ?? []);
}

function cellsOf({ x, y, width, height }: Widget): readonly string[] {
  return Array.from(
    { length: width * height },
    (_, index) => `${x + (index % width)},${y + Math.floor(index / width)}`,
  );
}
