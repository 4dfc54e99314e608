/** How sure a price is. */
export type PriceConfidence =
  /** Read in a published package or repository. */
  | 'published'
  /** Read in a page of AWS. */
  | 'documented'
  /** Read in a page of somebody else. */
  | 'thirdParty'
  /** Long standing, not confirmed of late. */
  | 'unconfirmed';

/** One price of AWS. */
export interface Price {
  /** The key of the entry in {@link prices}. */
  readonly id: PriceId;
  /** US dollars for `per` units, in us-east-1. */
  readonly usd: number;
  /** How many units the price is for. */
  readonly per: number;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** What is paid for. */
  readonly what: string;
  /** Address of the page that states the price. */
  readonly source: string;
  /** Month in which the source was last read, `YYYY-MM`. */
  readonly checked: string;
  /** How sure the price is. */
  readonly confidence: PriceConfidence;
  /** Units of a month that the free tier takes off an account's bill; 0 where there is none. */
  readonly freeUnits: number;
}

const checked = '2026-11';

const sources = {
  eventBridge: 'https://cloudburn.io/blog/amazon-eventbridge-pricing',
  sns: 'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/',
  snsAws: 'https://aws.amazon.com/sns/pricing/',
  sqs: 'https://cloudburn.io/blog/amazon-sqs-pricing',
  lambda: 'https://wring.co/blog/aws-lambda-pricing-guide',
  apiGateway: 'https://aws.amazon.com/api-gateway/pricing/',
  kms: 'https://aws.amazon.com/kms/pricing/',
  cloudWatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  xray: 'https://aws.amazon.com/xray/pricing/',
  dynamoDb: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  s3: 'https://aws.amazon.com/s3/pricing/',
  stepFunctions: 'https://aws.amazon.com/step-functions/pricing/',
  kinesis: 'https://aws.amazon.com/kinesis/data-streams/pricing/',
  firehose: 'https://aws.amazon.com/firehose/pricing/',
} as const;

// USD, for how many, units, what is paid for, source, confidence, units of a month that are free
// biome-ignore format: a table reads best with a row to a line
const table = {
  // EventBridge
  busEvents: [1, 1_000_000, 'events of 64 KB', 'events published to a bus', 'eventBridge', 'thirdParty', 0],
  busCrossAccountEvents: [1, 1_000_000, 'events of 64 KB', 'events sent to a bus of another account or Region', 'eventBridge', 'thirdParty', 0],
  archiveBytes: [0.1, 1, 'GB', 'events taken into an archive', 'eventBridge', 'thirdParty', 0],
  archiveStorage: [0.023, 1, 'GB-months', 'events kept in an archive', 'eventBridge', 'thirdParty', 0],
  pipeRequests: [0.4, 1_000_000, 'requests of 64 KB', 'requests of a pipe', 'eventBridge', 'thirdParty', 0],
  scheduleInvocations: [1, 1_000_000, 'invocations', 'invocations of a schedule', 'eventBridge', 'thirdParty', 14_000_000],
  apiDestinationCalls: [0.2, 1_000_000, 'calls', 'calls of an API destination', 'eventBridge', 'thirdParty', 0],

  // SNS
  topicPublishes: [0.5, 1_000_000, 'requests of 64 KB', 'messages published to a standard topic', 'sns', 'thirdParty', 1_000_000],
  topicFifoPublishes: [0.3, 1_000_000, 'requests', 'messages published to a FIFO topic', 'sns', 'thirdParty', 0],
  topicFifoBytes: [0.017, 1, 'GB', 'payloads published to a FIFO topic', 'snsAws', 'unconfirmed', 0],
  topicFifoDeliveries: [0.01, 1_000_000, 'messages', 'messages that a FIFO topic delivers', 'snsAws', 'unconfirmed', 0],
  topicFilterBytes: [0.09, 1, 'GB', 'messages whose body a filter policy reads', 'snsAws', 'unconfirmed', 0],
  topicHttpDeliveries: [0.6, 1_000_000, 'messages', 'messages delivered over HTTP', 'sns', 'thirdParty', 0],
  topicEmails: [20, 1_000_000, 'mails', 'mails sent by a topic', 'sns', 'thirdParty', 1_000],
  topicTexts: [0.006_45, 1, 'text messages', 'text messages to a number of the United States', 'snsAws', 'unconfirmed', 0],
  topicFirehoseDeliveries: [0.19, 1_000_000, 'messages', 'messages that a topic delivers to Firehose', 'snsAws', 'unconfirmed', 0],

  // SQS
  queueRequests: [0.4, 1_000_000, 'requests of 64 KB', 'requests to a standard queue', 'sqs', 'thirdParty', 1_000_000],
  queueFifoRequests: [0.5, 1_000_000, 'requests of 64 KB', 'requests to a FIFO queue', 'sqs', 'thirdParty', 0],
  queueFairRequests: [0.1, 1_000_000, 'requests of 64 KB', 'requests to a fair queue, on top', 'sqs', 'thirdParty', 0],

  // Lambda
  functionRequests: [0.2, 1_000_000, 'requests', 'invocations', 'lambda', 'thirdParty', 1_000_000],
  functionTimeArm: [0.000_013_333_4, 1, 'GB-seconds', 'run time on arm64', 'lambda', 'thirdParty', 400_000],
  functionTimeX86: [0.000_016_666_7, 1, 'GB-seconds', 'run time on x86_64', 'lambda', 'thirdParty', 400_000],

  // What events come in by
  apiRequests: [3.5, 1_000_000, 'requests', 'requests to a REST API', 'apiGateway', 'thirdParty', 0],

  // What events go to
  workflowTransitions: [25, 1_000_000, 'state transitions', 'state transitions of a standard workflow', 'stepFunctions', 'unconfirmed', 4_000],
  workflowExecutions: [1, 1_000_000, 'executions', 'executions of an express workflow', 'stepFunctions', 'unconfirmed', 0],
  workflowTime: [0.000_016_67, 1, 'GB-seconds', 'run time of an express workflow', 'stepFunctions', 'unconfirmed', 0],
  streamHours: [0.04, 1, 'stream-hours', 'a Kinesis stream on demand', 'kinesis', 'unconfirmed', 0],
  streamBytes: [0.08, 1, 'GB', 'what a Kinesis stream on demand takes', 'kinesis', 'unconfirmed', 0],
  streamShardHours: [0.015, 1, 'shard-hours', 'shards of a Kinesis stream', 'kinesis', 'unconfirmed', 0],
  streamShardPuts: [0.014, 1_000_000, 'payloads of 25 KB', 'records put into the shards of a Kinesis stream', 'kinesis', 'unconfirmed', 0],
  firehoseBytes: [0.029, 1, 'GB', 'what Firehose takes, each record rounded up to 5 KB', 'firehose', 'unconfirmed', 0],
  firehosePartitionBytes: [0.02, 1, 'GB', 'what Firehose sorts into partitions', 'firehose', 'unconfirmed', 0],

  // What is kept, and what it is kept under
  tableWrites: [0.625, 1_000_000, 'write units', 'writes to a table', 'dynamoDb', 'unconfirmed', 0],
  tableReads: [0.125, 1_000_000, 'read units', 'reads of a table', 'dynamoDb', 'unconfirmed', 0],
  bucketWrites: [5, 1_000_000, 'requests', 'objects written', 's3', 'unconfirmed', 0],
  bucketReads: [0.4, 1_000_000, 'requests', 'objects read', 's3', 'unconfirmed', 0],
  bucketStorage: [0.023, 1, 'GB-months', 'objects kept', 's3', 'unconfirmed', 0],
  keys: [1, 1, 'keys', 'customer-managed keys', 'kms', 'unconfirmed', 0],
  keyRequests: [3, 1_000_000, 'requests', 'uses of a customer-managed key', 'kms', 'unconfirmed', 20_000],

  // What is watched
  alarms: [0.1, 1, 'alarms', 'alarms on one metric', 'cloudWatch', 'unconfirmed', 10],
  dashboards: [3, 1, 'dashboards', 'dashboards', 'cloudWatch', 'unconfirmed', 3],
  logBytes: [0.5, 1, 'GB', 'logs written', 'cloudWatch', 'unconfirmed', 5],
  logStorage: [0.03, 1, 'GB-months', 'logs kept', 'cloudWatch', 'unconfirmed', 5],
  traces: [5, 1_000_000, 'traces', 'traces that X-Ray records', 'xray', 'unconfirmed', 100_000],
} as const;

/** The id of an entry of {@link prices}. */
export type PriceId = keyof typeof table;

type Row = readonly [number, number, string, string, keyof typeof sources, PriceConfidence, number];

/**
 * The prices of AWS in us-east-1 by id, without taxes and discounts. Frozen; no price stands anywhere else in this
 * repository.
 */
export const prices: Readonly<Record<PriceId, Price>> = /* @__PURE__ */ freezeTable(table);

/** Bytes of a unit of events and requests: what is larger counts as several. https://aws.amazon.com/eventbridge/pricing/ */
export const billedChunkBytes = 65_536;

/**
 * What a record in a shard of Kinesis is counted in, and what Firehose rounds a record up to, in bytes
 * (https://aws.amazon.com/kinesis/data-streams/pricing/, https://aws.amazon.com/firehose/pricing/).
 */
export const billedRecordBytes: { readonly kinesis: number; readonly firehose: number } = {
  kinesis: 25 * 1_024,
  firehose: 5 * 1_024,
};

/** Hours of a month, as AWS bills it. */
export const monthHours = 730;

/** Seconds of a month, as AWS bills it. */
export const monthSeconds: number = monthHours * 60 * 60;

function freezeTable(rows: Readonly<Record<PriceId, Row>>): Readonly<Record<PriceId, Price>> {
  const ids = Object.keys(rows) as PriceId[];
  return Object.freeze(Object.fromEntries(ids.map((id) => [id, toPrice(id, rows[id])])) as Record<PriceId, Price>);
}

function toPrice(id: PriceId, [usd, per, unit, what, source, confidence, freeUnits]: Row): Price {
  return Object.freeze({ id, usd, per, unit, what, source: sources[source], checked, confidence, freeUnits });
}
