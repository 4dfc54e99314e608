import { limits } from '@eventloom/engine';
import { inertText } from './alarm-words.ts';
import type { MetricSource } from './watched.ts';

/** An expression that finds metrics by itself. */
export interface Search {
  readonly search: string;
}

/** A line of a graph. */
export interface Line {
  /** A metric, or an expression that finds metrics by itself. */
  readonly show: MetricSource | Search;
  readonly label: string;
  /** The scale on the right is for what has another unit. Absent: left. */
  readonly axis?: 'right';
}

/** A part of a dashboard. Places are given when the dashboard is put together. */
export type Widget = { readonly width: number; readonly height: number } & (
  | { readonly kind: 'text'; readonly markdown: string }
  | { readonly kind: 'graph'; readonly title: string; readonly lines: readonly Line[] }
  | { readonly kind: 'alarms'; readonly title: string; readonly arns: readonly string[] }
);

/** Widgets beside each other, as far as there is room. */
export type Row = readonly Widget[];

/** How wide a dashboard is. */
const columns = 24;

/** Seconds of a point. CloudWatch widens it by itself where a longer time is shown. */
const period = 300;

/**
 * Returns the body of a dashboard, JSON text in which tokens of the CDK may stand
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html). A graph
 * without lines is left out, so is what CloudWatch would refuse as too much; the last text says so.
 */
export function dashboardBody(rows: readonly Row[], region: string): string {
  const shown = rows.map((row) => row.filter(isShown)).filter((row) => row.length > 0);
  const fitting = withinLimits(shown);
  const left = shown.length - fitting.length;
  const all =
    left === 0 ? fitting : [...fitting, [text(`${left} more rows do not fit into a dashboard of CloudWatch.`)]];
  return JSON.stringify({ widgets: place(all, region) });
}

/** Returns a text over the whole width. */
export function text(markdown: string, height = 1): Widget {
  return { kind: 'text', markdown, width: columns, height };
}

function isShown(widget: Widget): boolean {
  if (widget.kind === 'graph') return widget.lines.length > 0;
  return widget.kind !== 'alarms' || widget.arns.length > 0;
}

/** Returns the rows from the top that CloudWatch takes together, with room for one more text. */
function withinLimits(rows: readonly Row[]): readonly Row[] {
  let widgets = 1;
  let metrics = 0;
  return rows.filter((row) => {
    widgets += row.length;
    metrics += row.reduce((sum, widget) => sum + (widget.kind === 'graph' ? widget.lines.length : 0), 0);
    return widgets <= limits.dashboardWidgets.value && metrics <= limits.dashboardMetrics.value;
  });
}

function place(rows: readonly Row[], region: string): readonly unknown[] {
  let y = 0;
  return rows.flatMap((row) => {
    let x = 0;
    const placed = row.map((widget) => {
      const { width, height } = widget;
      const at = { x, y, width, height };
      x += width;
      return { ...at, ...rendered(widget, region) };
    });
    y += Math.max(...row.map(({ height }) => height));
    return placed;
  });
}

function rendered(widget: Widget, region: string): object {
  switch (widget.kind) {
    case 'text':
      return { type: 'text', properties: { markdown: widget.markdown } };
    case 'alarms': {
      const alarms = widget.arns.slice(0, limits.widgetAlarms.value);
      return { type: 'alarm', properties: { title: inertText(widget.title), alarms } };
    }
    case 'graph': {
      const metrics = widget.lines.slice(0, limits.widgetMetrics.value).map(renderedLine);
      const title = inertText(widget.title);
      return { type: 'metric', properties: { title, view: 'timeSeries', region, period, metrics } };
    }
    default:
      return widget satisfies never;
  }
}

function renderedLine({ show, label, axis }: Line): readonly unknown[] {
  const options = { label: inertText(label), ...(axis === undefined ? {} : { yAxis: axis }) };
  if ('search' in show) return [{ expression: show.search, ...options }];
  const { namespace, metricName, dimensions, statistic } = show;
  return [namespace, metricName, ...Object.entries(dimensions).flat(), { ...options, stat: statistic }];
}

/** Returns an expression that finds metrics by themselves: also of what is in other stacks, or comes later. */
export function search(schema: string, term: string, statistic: MetricSource['statistic'], sum = false): Search {
  const expression = `SEARCH('{${schema}} ${term}', '${statistic}', ${period})`;
  return { search: sum ? `SUM(${expression})` : expression };
}

/** Returns a text for an exact match of a search, https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html. */
export function exactly(value: string): string {
  return `"${value.replace(/["\\()]/g, (character) => `\\${character}`).replaceAll("'", '')}"`;
}
