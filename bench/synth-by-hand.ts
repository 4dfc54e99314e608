import { type App, ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  MathExpression,
  Metric,
  TextWidget,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Archive, EventBus, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { eventPattern, published, type SystemSize, serviceName } from './synth-topology.ts';

/** The system of `synth-topology.ts` as one would write it with the CDK alone: the constructs of the library, in loops. */
export function buildByHand(app: App, { consumers, services }: SystemSize, bundle: () => Code): void {
  const core = new CoreStack(app, 'Core', services);
  for (let service = 0; service < services; service++) {
    const own = Array.from({ length: consumers }, (_, index) => index).filter((index) => index % services === service);
    const stack = new TeamStack(app, `Team${service}`, { name: serviceName(service), own, code: bundle() });
    stack.addStackDependency(core);
  }
}

class CoreStack extends Stack {
  constructor(scope: Construct, id: string, services: number) {
    super(scope, id, { stackName: 'bench' });
    const bus = new EventBus(this, 'Bus', { eventBusName: 'bench' });
    new Archive(this, 'Archive', {
      sourceEventBus: bus,
      eventPattern: { account: [this.account] },
      retention: Duration.days(30),
    });
    const topic = new Topic(this, 'Alarms', { topicName: 'bench-alarms', enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: 'bench' });
    const found = (title: string, expression: string) =>
      new GraphWidget({ title, width: 8, left: [new MathExpression({ expression, usingMetrics: {}, label: title })] });
    dashboard.addWidgets(
      found(
        'Matched',
        `SUM(SEARCH('{AWS/Events,EventBusName,RuleName} EventBusName="bench" MetricName="MatchedEvents"', 'Sum', 300))`,
      ),
      found(
        'Handled',
        `SUM(SEARCH('{AWS/Lambda,FunctionName} FunctionName=bench MetricName="Invocations"', 'Sum', 300))`,
      ),
      found('Failed', `SUM(SEARCH('{AWS/Lambda,FunctionName} FunctionName=bench MetricName="Errors"', 'Sum', 300))`),
    );
    for (let service = 0; service < services; service++) {
      const alarmName = `bench-${serviceName(service)}-errors`;
      const arn = this.formatArn({
        service: 'cloudwatch',
        resource: 'alarm',
        resourceName: alarmName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
      dashboard.addWidgets(
        new AlarmStatusWidget({ alarms: [Alarm.fromAlarmArn(this, `Alarm${service}`, arn)], width: 24 }),
      );
    }
  }
}

interface TeamProps {
  readonly name: string;
  readonly own: readonly number[];
  readonly code: Code;
}

class TeamStack extends Stack {
  constructor(scope: Construct, id: string, { name, own, code }: TeamProps) {
    super(scope, id, { stackName: `bench-${name}` });
    const bus = EventBus.fromEventBusName(this, 'Bus', 'bench');
    const topic = Topic.fromTopicArn(this, 'Alarms', this.formatArn({ service: 'sns', resource: 'bench-alarms' }));
    const consumers = own.map(
      (index) => new ScreenConsumer(this, `Screen${index}`, { service: name, bus, topic, code, index }),
    );
    const shared = sharedAlarms(this, name, consumers, topic);
    addDashboard(this, name, consumers, shared);
  }
}

interface ScreenProps {
  readonly service: string;
  readonly bus: IEventBus;
  readonly topic: ITopic;
  readonly code: Code;
  readonly index: number;
}

class ScreenConsumer extends Construct {
  readonly key: string;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly handler: LambdaFunction;
  readonly rule: Rule;
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, { service, bus, topic, code, index }: ScreenProps) {
    super(scope, id);
    this.key = `${service}/screen${index}`;
    this.deadLetters = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, 'Queue', {
      visibilityTimeout: Duration.seconds(180),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.handler = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: `${this.key}.handler`,
      code,
      timeout: Duration.seconds(30),
      memorySize: 256,
      tracing: Tracing.ACTIVE,
      logGroup: new LogGroup(this, 'Logs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.RETAIN }),
      environment: {
        EVENTLOOM_BUS_BENCH: 'bench',
        EVENTLOOM_QUEUE_URL: this.queue.queueUrl,
        EVENTLOOM_DEAD_LETTER_QUEUE_URL: this.deadLetters.queueUrl,
      },
    });
    this.handler.addEventSource(new SqsEventSource(this.queue, { batchSize: 10, reportBatchItemFailures: true }));
    this.deadLetters.grantSendMessages(this.handler);
    this.handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['events:PutEvents'],
        resources: [bus.eventBusArn],
        conditions: { StringEquals: { 'events:source': published.source, 'events:detail-type': [published.name] } },
      }),
    );
    this.rule = new Rule(this, 'Rule', {
      eventBus: bus,
      eventPattern: {
        source: eventPattern.source,
        detailType: eventPattern['detail-type'],
        detail: eventPattern.detail,
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters })],
    });
    this.alarms = [
      addAlarm(this, 'DeadLettersAlarm', this.deadLetters.metricApproximateNumberOfMessagesVisible(), {
        name: `bench-${service}-screen${index}-dead-letters`,
        threshold: 1,
        topic,
      }),
      addAlarm(this, 'OldestAlarm', this.queue.metricApproximateAgeOfOldestMessage(), {
        name: `bench-${service}-screen${index}-oldest-message`,
        threshold: 900,
        topic,
      }),
    ];
  }
}

interface AlarmProps {
  readonly name: string;
  readonly threshold: number;
  readonly topic: ITopic;
}

function addAlarm(scope: Construct, id: string, metric: IMetric, { name, threshold, topic }: AlarmProps): Alarm {
  const alarm = new Alarm(scope, id, {
    alarmName: name,
    alarmDescription: 'See the runbook.',
    metric,
    threshold,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
  alarm.addOkAction(new SnsAction(topic));
  return alarm;
}

/** Ten metrics to an alarm. */
function sharedAlarms(
  stack: Stack,
  service: string,
  consumers: readonly ScreenConsumer[],
  topic: ITopic,
): readonly Alarm[] {
  const kinds: readonly [string, number, (consumer: ScreenConsumer) => IMetric][] = [
    ['errors', 5, ({ handler }) => handler.metricErrors()],
    ['throttles', 1, ({ handler }) => handler.metricThrottles()],
    ['failed-invocations', 1, failedInvocations],
  ];
  return kinds.flatMap(([kind, threshold, metricOf]) =>
    chunks(consumers).map((chunk, number) => {
      const metrics = chunk.map((consumer, index): [string, IMetric] => [`m${index}`, metricOf(consumer)]);
      const expression = `MAX([${metrics.map(([id]) => `FILL(${id},0)`).join(',')}])`;
      const metric = new MathExpression({ expression, usingMetrics: Object.fromEntries(metrics), label: kind });
      const name = `bench-${service}-${kind}${number === 0 ? '' : `-${number}`}`;
      return addAlarm(stack, `${kind}${number}`, metric, { name, threshold, topic });
    }),
  );
}

function chunks(consumers: readonly ScreenConsumer[]): readonly (readonly ScreenConsumer[])[] {
  return Array.from({ length: Math.ceil(consumers.length / 10) }, (_, index) =>
    consumers.slice(index * 10, index * 10 + 10),
  );
}

function failedInvocations(consumer: ScreenConsumer): Metric {
  return ruleMetric(consumer, 'FailedInvocations');
}

function ruleMetric({ rule }: ScreenConsumer, metricName: string): Metric {
  return new Metric({
    namespace: 'AWS/Events',
    metricName,
    dimensionsMap: { EventBusName: 'bench', RuleName: rule.ruleName },
    statistic: 'Sum',
  });
}

function addDashboard(
  stack: Stack,
  service: string,
  consumers: readonly ScreenConsumer[],
  shared: readonly Alarm[],
): void {
  const dashboard = new Dashboard(stack, 'Dashboard', { dashboardName: `bench-${service}` });
  const alarms = [...consumers.flatMap((consumer) => consumer.alarms), ...shared];
  const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 6 });
  dashboard.addWidgets(new TextWidget({ markdown: `# ${service}`, width: 24, height: 2 }));
  dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24 }));
  dashboard.addWidgets(
    graph('Published', [
      new Metric({ namespace: 'AWS/Events', metricName: 'MatchedEvents', dimensionsMap: { EventBusName: 'bench' } }),
    ]),
    graph(
      'Handled',
      consumers.map(({ handler }) => handler.metricInvocations()),
    ),
    graph(
      'Failed',
      consumers.map(({ handler }) => handler.metricErrors()),
    ),
    graph(
      'Dead letters',
      consumers.map(({ deadLetters }) => deadLetters.metricApproximateNumberOfMessagesVisible()),
    ),
  );
  for (const consumer of consumers) {
    const { handler, queue, deadLetters, key } = consumer;
    dashboard.addWidgets(new TextWidget({ markdown: `## ${key}`, width: 24, height: 1 }));
    dashboard.addWidgets(
      graph('Matched and handled', [ruleMetric(consumer, 'MatchedEvents'), handler.metricInvocations()]),
      graph('Failed', [handler.metricErrors(), handler.metricThrottles(), failedInvocations(consumer)]),
      new GraphWidget({
        title: 'Waiting and dead letters',
        left: [
          queue.metricApproximateNumberOfMessagesVisible(),
          deadLetters.metricApproximateNumberOfMessagesVisible(),
        ],
        right: [queue.metricApproximateAgeOfOldestMessage()],
        width: 6,
      }),
      graph('Latency in ms', [
        handler.metricDuration({ statistic: 'p50' }),
        handler.metricDuration({ statistic: 'p99' }),
        ruleMetric(consumer, 'IngestionToInvocationSuccessLatency'),
      ]),
    );
  }
}
