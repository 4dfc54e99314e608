import type { Resource, Template } from '../infra/template.ts';

/**
 * Something that MiniStack does otherwise than AWS. Each must occur, else it is stale and fails the run; and what nobody
 * has listed fails it too. A consumer that it cannot judge is judged by moto, which has a filter engine of its own, and by
 * the engine, which follows rules, subscriptions and mappings of the synthesized templates.
 */
export type Deviation = {
  /** What it does, in a sentence without its name. */
  readonly what: string;
} & (
  | {
      /** It refuses a template that AWS takes, such as `probe`, until `mend` has changed it. */
      readonly kind: 'template';
      readonly probe: Template;
      readonly mend: (template: Template) => Template;
    }
  | {
      /** These consumers get more or less than they should. */
      readonly kind: 'delivery';
      readonly consumers: readonly string[];
    }
);

const errors = {
  Id: 'errors',
  MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors' }, Period: 300, Stat: 'Sum' },
};
const alarmOverMath = {
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 1,
  Threshold: 1,
  Metrics: [
    { ...errors, ReturnData: false },
    { Id: 'sum', Expression: 'errors + errors' },
  ],
};

/** Everything known of MiniStack 1.5.33 that concerns what Eventloom deploys. */
export const deviations: readonly Deviation[] = [
  {
    what: 'knows no AWS::Events::Archive; archives are left out of what is deployed',
    kind: 'template',
    probe: {
      Resources: {
        Archive: {
          Type: 'AWS::Events::Archive',
          Properties: {
            SourceArn: { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default' },
          },
        },
      },
    },
    mend: (template) => without(template, ({ Type }) => Type === 'AWS::Events::Archive'),
  },
  {
    what: 'takes no alarms over several metrics; these are left out of what is deployed',
    kind: 'template',
    probe: { Resources: { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: alarmOverMath } } },
    mend: (template) =>
      without(
        template,
        ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined,
      ),
  },
  {
    what: 'finds nothing in objects of an array when a filter policy has the scope MessageBody',
    kind: 'delivery',
    consumers: ['fraud/reviewMarketplaceOrder', 'workshop/readGrips'],
  },
];

/** Makes of a template what MiniStack takes. */
export function mend(template: Template): Template {
  return deviations.reduce((mended, one) => (one.kind === 'template' ? one.mend(mended) : mended), template);
}

/** Consumers that MiniStack cannot judge. */
export const doubtful: ReadonlySet<string> = new Set(
  deviations.flatMap((deviation) => (deviation.kind === 'delivery' ? deviation.consumers : [])),
);

function without(template: Template, isUnknown: (resource: Resource) => boolean): Template {
  const kept = Object.entries(template.Resources ?? {}).filter(([, resource]) => !isUnknown(resource));
  return { ...template, Resources: Object.fromEntries(kept) };
}
