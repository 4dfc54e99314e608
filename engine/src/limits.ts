/** What one number of AWS says about the thing it bounds. */
export type LimitKind = 'maximum' | 'minimum' | 'default';

/** What a limit counts. */
export type LimitUnit = 'bytes' | 'characters' | 'seconds' | 'megabytes' | 'count' | 'number';

/** One number of AWS. */
export interface Limit {
  /** The key of the entry in {@link limits}. */
  readonly id: LimitId;
  /** Inclusive for a minimum and a maximum. */
  readonly value: number;
  readonly unit: LimitUnit;
  readonly kind: LimitKind;
  /** What the number bounds, as the end of the sentence "this is the maximum of …". */
  readonly bounds: string;
  /** True for a service quota that AWS raises on request; false for what nobody can change. */
  readonly adjustable: boolean;
  /** Address of the page or repository that states the number. */
  readonly source: string;
  /** Month in which the source was last read, `YYYY-MM`. */
  readonly checked: string;
}

const checked = '2026-11';

const sources = {
  eventBridgeQuotas: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
  eventBridgePatterns: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html',
  apiDestinations: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html',
  eventBridgeRetries: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html',
  putEvents: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html',
  putEventsEntry: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html',
  putEventsEntrySize: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/calculate-putevents-entry-size.html',
  eventBus: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html',
  putRule: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html',
  eventRuler: 'https://github.com/aws/event-ruler',
  eventRulerComplexity: 'https://github.com/aws/event-ruler#matching-with-a-machine',
  topicAttributes: 'https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html',
  createTopic: 'https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html',
  publishBatch: 'https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html',
  messageAttributes: 'https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html',
  filterPolicies: 'https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html',
  snsHttp: 'https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html',
  snsRetries: 'https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html',
  largeMessages: 'https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html',
  createQueue: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html',
  changeVisibilityBatch:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html',
  queueMessages: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html',
  queueQuotas: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html',
  queueFifo: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html',
  queueReceive: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html',
  lambdaQuotas: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  lambdaInvoke: 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html',
  lambdaAsync: 'https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html',
  lambdaAsyncErrors: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html',
  lambdaMapping: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
  lambdaFiltering: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
  lambdaQueue: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  cloudWatchQuotas: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html',
  metricAlarm: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  putDashboard: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html',
  dashboardBody:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html',
  searchExpressions: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html',
  embeddedMetrics:
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html',
  dynamoDb: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html',
  dynamoDbTransactions: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html',
  dynamoDbBatchGet: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html',
  dynamoDbStreams: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html',
  bucketNames: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
  tableNames: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html',
  queuePolicies: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html',
  iamQuotas: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  createApiDestination: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html',
  createSecret: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html',
  streamRetention: 'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html',
  firehoseBuffering: 'https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html',
  firehosePartitions: 'https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning-partitioning-keys.html',
  deliveryPolicies: 'https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html',
  stepFunctions: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  stateMachineStates: 'https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html',
  pipeTargets: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html',
  schedules: 'https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html',
  scheduleRetries: 'https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html',
  restApi:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
  createArchive: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html',
  schemaRegistries:
    'https://docs.aws.amazon.com/eventbridge/latest/schema-reference/schemas-and-schema-registries.html',
  deliverySources: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html',
  tags: 'https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html',
  cloudFormation: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
} as const;

// These stand alone, so that a function that reads one number does not carry the table in its bundle. A test compares
// them with their rows (`isolatedDeclarations` wants literals in both places).

/** Bytes of the entries of one PutEvents call together, at most. Entry `putEventsRequestBytes` of {@link limits}. */
export const putEventsRequestBytes = 1_048_576;

/** Bytes that a `Time` adds to the size of a PutEvents entry. Entry `putEventsEntryTimeBytes` of {@link limits}. */
export const putEventsEntryTimeBytes = 14;

/** Bytes of a message with its attributes that a topic takes unless it is set to take more. Entry `topicMessageBytesDefault` of {@link limits}. */
export const topicMessageBytesDefault = 262_144;

/** Bytes of a message with its attributes that a queue takes at most. Entry `queueMessageBytesMaximum` of {@link limits}. */
export const queueMessageBytesMaximum = 1_048_576;

/** Attributes of a message at most: SQS takes no more, and raw delivery from SNS passes on no more. Entry `queueMessageAttributes` of {@link limits}. */
export const queueMessageAttributes = 10;

/** Characters of a MessageGroupId or a MessageDeduplicationId at most. Entries `messageGroupIdCharacters` and `deduplicationIdCharacters` of {@link limits}. */
export const messageGroupIdCharacters = 128;

/** Characters of each of the `Resources` of a PutEvents entry at most. Entry `eventResourceCharacters` of {@link limits}. */
export const eventResourceCharacters = 2_048;

/** Characters of the `TraceHeader` of a PutEvents entry at most. Entry `traceHeaderCharacters` of {@link limits}. */
export const traceHeaderCharacters = 500;

/** Values of one metric in a line of CloudWatch's embedded metric format, at most. Entry `embeddedMetricValues` of {@link limits}. */
export const embeddedMetricValues = 100;

/** Bytes of an item of a DynamoDB table with the names of its attributes, at most. Entry `tableItemBytes` of {@link limits}. */
export const tableItemBytes = 409_600;

/** Seconds that a queue keeps a message at most. Entry `retentionSecondsMaximum` of {@link limits}. */
export const retentionSecondsMaximum = 1_209_600;
/** Entries of one PutEvents, PublishBatch or SendMessageBatch call at most. Entries `putEventsEntries`, `publishBatchEntries` and `sendMessageBatchEntries` of {@link limits}. */
export const batchEntries = 10;
/** Entries of one ChangeMessageVisibilityBatch call at most. Entry `changeVisibilityBatchEntries` of {@link limits}. */
export const changeVisibilityBatchEntries = 10;

/** Seconds from its receipt for which a message can be hidden at most. Entry `visibilityTimeoutSecondsMaximum` of {@link limits}. */
export const visibilityTimeoutSecondsMaximum = 43_200;

/**
 * Seconds after which a handler can have a message come again at most: SQS counts `visibilityTimeoutSecondsMaximum` from
 * its receipt, which may be as long ago as a function runs, and before that a batch was gathered (`functionTimeoutSecondsMaximum`
 * and `batchingWindowSecondsMaximum` of {@link limits}).
 */
export const postponementSecondsMaximum = 42_000;

/** Seconds that a function runs at most. Entry `functionTimeoutSecondsMaximum` of {@link limits}. */
export const functionTimeoutSecondsMaximum = 900;

// value, unit, kind (a quota is a maximum that AWS raises on request), what it bounds, source
// biome-ignore format: a table reads best with a row to a line
const table = {
  // EventBridge: publishing
  putEventsEntries: [10, 'count', 'maximum', 'entries of one PutEvents call', 'putEvents'],
  putEventsRequestBytes: [1_048_576, 'bytes', 'maximum', 'the entries of one PutEvents call together', 'putEvents'],
  putEventsEntryTimeBytes: [14, 'bytes', 'default', 'what a Time adds to the size of an entry', 'putEventsEntrySize'],
  putEventsEnvelopeMarginBytes: [1_024, 'bytes', 'default', 'the margin to keep for the envelope, since the delivered event is larger than its entry', 'putEventsEntrySize'],
  detailTypeCharacters: [128, 'characters', 'maximum', 'the detail-type of an event', 'putEventsEntry'],
  eventSourceCharacters: [256, 'characters', 'maximum', 'the source of an event', 'putEventsEntry'],
  eventResourceCharacters: [2_048, 'characters', 'maximum', 'each of the Resources of an event', 'putEventsEntry'],
  traceHeaderCharacters: [500, 'characters', 'maximum', 'the TraceHeader of an event', 'putEventsEntry'],
  eventDetailDepth: [1_000, 'count', 'maximum', 'levels of nesting in detail', 'putEvents'],

  // EventBridge: buses, rules, targets
  eventBusNameCharacters: [256, 'characters', 'maximum', 'the name of an event bus', 'eventBus'],
  busesPerAccount: [100, 'count', 'quota', 'event buses of an account in a Region', 'eventBridgeQuotas'],
  busPolicyCharacters: [10_240, 'characters', 'quota', 'the policy of an event bus', 'eventBridgeQuotas'],
  rulesPerBus: [300, 'count', 'quota', 'rules of an event bus', 'eventBridgeQuotas'],
  targetsPerRule: [5, 'count', 'maximum', 'targets of a rule', 'eventBridgeQuotas'],
  ruleNameCharacters: [64, 'characters', 'maximum', 'the name of a rule', 'putRule'],
  targetRetryAttemptsMinimum: [0, 'count', 'minimum', 'delivery retries of a rule target', 'eventBridgeRetries'],
  targetRetryAttemptsMaximum: [185, 'count', 'maximum', 'delivery retries of a rule target', 'eventBridgeRetries'],
  targetRetryAttemptsDefault: [185, 'count', 'default', 'delivery retries of a rule target', 'eventBridgeRetries'],
  targetEventAgeSecondsMinimum: [60, 'seconds', 'minimum', 'the age of an event at a rule target', 'eventBridgeRetries'],
  targetEventAgeSecondsMaximum: [86_400, 'seconds', 'maximum', 'the age of an event at a rule target', 'eventBridgeRetries'],
  targetEventAgeSecondsDefault: [86_400, 'seconds', 'default', 'the age of an event at a rule target', 'eventBridgeRetries'],

  apiDestinationTimeoutSeconds: [5, 'seconds', 'maximum', 'the time that EventBridge gives an API destination to answer', 'apiDestinations'],

  // EventBridge: event patterns
  eventPatternCharacters: [2_048, 'characters', 'quota', 'the JSON text of an event pattern', 'eventBridgeQuotas'],
  eventPatternOrProduct: [1_000, 'count', 'maximum', 'the product of the alternatives of all $or arrays of an event pattern', 'eventBridgePatterns'],
  eventPatternFields: [256, 'count', 'maximum', 'distinct field paths of an event pattern', 'eventRuler'],
  eventPatternWildcardComplexity: [10, 'count', 'maximum', 'parts of wildcards of one field that a value can match at the same time', 'eventRulerComplexity'],
  eventPatternNumberMinimum: [-5_000_000_000, 'number', 'minimum', 'a number in an event pattern', 'eventBridgePatterns'],
  eventPatternNumberMaximum: [5_000_000_000, 'number', 'maximum', 'a number in an event pattern', 'eventBridgePatterns'],
  eventPatternNumberDigits: [15, 'count', 'maximum', 'significant digits of a number in an event pattern', 'eventBridgePatterns'],
  eventPatternNumberDecimals: [6, 'count', 'maximum', 'digits after the point in an event pattern', 'eventBridgePatterns'],

  // SNS: topics, publishing
  topicNameCharacters: [256, 'characters', 'maximum', 'the name of a topic, its .fifo included', 'createTopic'],
  topicMessageBytesMinimum: [1_024, 'bytes', 'minimum', 'the MaximumMessageSize of a topic', 'topicAttributes'],
  topicMessageBytesDefault: [262_144, 'bytes', 'default', 'the MaximumMessageSize of a topic', 'topicAttributes'],
  topicMessageBytesMaximum: [1_048_576, 'bytes', 'maximum', 'the MaximumMessageSize of a topic', 'topicAttributes'],
  largeMessageSubscriptionsPerTopic: [100, 'count', 'maximum', 'subscriptions of a topic whose MaximumMessageSize is above the default', 'largeMessages'],
  publishBatchEntries: [10, 'count', 'maximum', 'entries of one PublishBatch call', 'publishBatch'],
  rawDeliveryMessageAttributes: [10, 'count', 'maximum', 'message attributes delivered raw from SNS to SQS', 'messageAttributes'],
  messageAttributeNameCharacters: [256, 'characters', 'maximum', 'the name of a message attribute', 'messageAttributes'],

  // SNS: filter policies, delivery
  filterPolicyKeys: [5, 'count', 'maximum', 'keys of a filter policy (of a nested one, top-level keys)', 'filterPolicies'],
  filterPolicyCombinations: [150, 'count', 'maximum', 'combinations of values of a filter policy', 'filterPolicies'],
  filterPolicyBytes: [262_144, 'bytes', 'maximum', 'the JSON text of a filter policy', 'filterPolicies'],
  filterPoliciesPerTopic: [200, 'count', 'quota', 'filter policies of a topic', 'filterPolicies'],
  filterPoliciesPerAccount: [10_000, 'count', 'quota', 'filter policies of an account', 'filterPolicies'],
  filterPolicyNumberMinimum: [-1_000_000_000, 'number', 'minimum', 'a number in a filter policy', 'filterPolicies'],
  filterPolicyNumberMaximum: [1_000_000_000, 'number', 'maximum', 'a number in a filter policy', 'filterPolicies'],
  filterPolicyNumberDecimals: [5, 'count', 'maximum', 'digits after the point in a filter policy', 'filterPolicies'],
  snsImmediateRetries: [3, 'count', 'default', 'retries without delay to SQS and Lambda', 'snsRetries'],
  snsPreBackoffRetries: [2, 'count', 'default', 'retries after one second each to SQS and Lambda', 'snsRetries'],
  snsBackoffRetries: [10, 'count', 'default', 'retries with growing delay to SQS and Lambda', 'snsRetries'],
  snsPostBackoffRetries: [100_000, 'count', 'default', 'retries every 20 seconds to SQS and Lambda', 'snsRetries'],
  snsBackoffSecondsMinimum: [1, 'seconds', 'minimum', 'the delay of a retry to SQS and Lambda', 'snsRetries'],
  snsBackoffSecondsMaximum: [20, 'seconds', 'maximum', 'the delay of a retry to SQS and Lambda', 'snsRetries'],

  snsAddressPreBackoffRetries: [2, 'count', 'default', 'retries after ten seconds each to mail and telephones', 'snsRetries'],
  snsAddressBackoffRetries: [10, 'count', 'default', 'retries with growing delay to mail and telephones', 'snsRetries'],
  snsAddressPostBackoffRetries: [38, 'count', 'default', 'retries every ten minutes to mail and telephones', 'snsRetries'],
  snsAddressBackoffSecondsMinimum: [10, 'seconds', 'minimum', 'the delay of a retry to mail and telephones', 'snsRetries'],
  snsAddressBackoffSecondsMaximum: [600, 'seconds', 'maximum', 'the delay of a retry to mail and telephones', 'snsRetries'],
  httpEndpointTimeoutSeconds: [15, 'seconds', 'maximum', 'the time that SNS gives an HTTP endpoint to answer', 'snsHttp'],

  // SQS
  queueNameCharacters: [80, 'characters', 'maximum', 'the name of a queue, its .fifo included', 'queueQuotas'],
  queuePolicyBytes: [8_192, 'bytes', 'maximum', 'the policy of a queue', 'queuePolicies'],
  queueMessageBytesMinimum: [1_024, 'bytes', 'minimum', 'the MaximumMessageSize of a queue', 'createQueue'],
  queueMessageBytesDefault: [1_048_576, 'bytes', 'default', 'the MaximumMessageSize of a queue', 'createQueue'],
  queueMessageBytesMaximum: [1_048_576, 'bytes', 'maximum', 'a message with its attributes', 'createQueue'],
  sendMessageBatchEntries: [10, 'count', 'maximum', 'entries of one SendMessageBatch call', 'queueMessages'],
  sendMessageBatchBytes: [1_048_576, 'bytes', 'maximum', 'the entries of one SendMessageBatch call together', 'queueMessages'],
  changeVisibilityBatchEntries: [10, 'count', 'maximum', 'entries of one ChangeMessageVisibilityBatch call', 'changeVisibilityBatch'],
  batchEntryIdCharacters: [80, 'characters', 'maximum', 'the Id of an entry of a batch', 'queueMessages'],
  queueMessageAttributes: [10, 'count', 'maximum', 'attributes of a message', 'queueMessages'],
  receiveMessages: [10, 'count', 'maximum', 'messages of one ReceiveMessage call', 'queueReceive'],
  receiveWaitSecondsMaximum: [20, 'seconds', 'maximum', 'the wait of one ReceiveMessage call', 'queueReceive'],
  receiveWaitSecondsDefault: [0, 'seconds', 'default', 'the wait of one ReceiveMessage call', 'queueReceive'],
  messagesInFlight: [120_000, 'count', 'quota', 'messages received from a queue and not yet deleted', 'queueQuotas'],
  visibilityTimeoutSecondsMinimum: [0, 'seconds', 'minimum', 'the visibility timeout of a queue', 'createQueue'],
  visibilityTimeoutSecondsMaximum: [43_200, 'seconds', 'maximum', 'the visibility timeout of a queue', 'createQueue'],
  visibilityTimeoutSecondsDefault: [30, 'seconds', 'default', 'the visibility timeout of a queue', 'createQueue'],
  retentionSecondsMinimum: [60, 'seconds', 'minimum', 'the message retention period of a queue', 'createQueue'],
  retentionSecondsMaximum: [1_209_600, 'seconds', 'maximum', 'the message retention period of a queue', 'createQueue'],
  retentionSecondsDefault: [345_600, 'seconds', 'default', 'the message retention period of a queue', 'createQueue'],
  delaySecondsMinimum: [0, 'seconds', 'minimum', 'the delay of a message', 'createQueue'],
  delaySecondsMaximum: [900, 'seconds', 'maximum', 'the delay of a message', 'createQueue'],
  delaySecondsDefault: [0, 'seconds', 'default', 'the delay of a message', 'createQueue'],
  maxReceiveCountMinimum: [1, 'count', 'minimum', 'receives before a message moves to the dead-letter queue', 'createQueue'],
  maxReceiveCountMaximum: [1_000, 'count', 'maximum', 'receives before a message moves to the dead-letter queue', 'createQueue'],
  maxReceiveCountDefault: [10, 'count', 'default', 'receives before a message moves to the dead-letter queue', 'createQueue'],
  maxReceiveCountRecommended: [5, 'count', 'default', 'the lowest maxReceiveCount advised behind Lambda, so that throttling does not fill the dead-letter queue', 'lambdaQueue'],
  messageGroupIdCharacters: [128, 'characters', 'maximum', 'a MessageGroupId', 'queueFifo'],
  deduplicationIdCharacters: [128, 'characters', 'maximum', 'a MessageDeduplicationId', 'queueFifo'],
  deduplicationSeconds: [300, 'seconds', 'default', 'the time in which a FIFO topic or queue drops duplicates', 'queueFifo'],

  // Lambda: functions
  accountConcurrentExecutions: [1_000, 'count', 'quota', 'concurrent executions of an account in a Region', 'lambdaQuotas'],
  functionNameCharacters: [64, 'characters', 'maximum', 'the name of a function', 'lambdaQuotas'],
  functionTimeoutSecondsMinimum: [1, 'seconds', 'minimum', 'the timeout of a function', 'lambdaQuotas'],
  functionTimeoutSecondsMaximum: [900, 'seconds', 'maximum', 'the timeout of a function', 'lambdaQuotas'],
  functionTimeoutSecondsDefault: [3, 'seconds', 'default', 'the timeout of a function', 'lambdaQuotas'],
  functionMemoryMbMinimum: [128, 'megabytes', 'minimum', 'the memory of a function', 'lambdaQuotas'],
  functionMemoryMbMaximum: [10_240, 'megabytes', 'maximum', 'the memory of a function', 'lambdaQuotas'],
  functionMemoryMbDefault: [128, 'megabytes', 'default', 'the memory of a function', 'lambdaQuotas'],
  functionEnvironmentBytes: [4_096, 'bytes', 'maximum', 'the environment variables of a function together', 'lambdaQuotas'],
  synchronousPayloadBytes: [6_291_456, 'bytes', 'maximum', 'the payload of a synchronous invocation', 'lambdaInvoke'],
  asynchronousPayloadBytes: [1_048_576, 'bytes', 'maximum', 'the payload of an asynchronous invocation', 'lambdaInvoke'],
  asynchronousRetriesMinimum: [0, 'count', 'minimum', 'retries of an asynchronous invocation', 'lambdaAsync'],
  asynchronousRetriesMaximum: [2, 'count', 'maximum', 'retries of an asynchronous invocation', 'lambdaAsync'],
  asynchronousRetriesDefault: [2, 'count', 'default', 'retries of an asynchronous invocation', 'lambdaAsync'],
  asynchronousFirstRetrySeconds: [60, 'seconds', 'default', 'the wait before the first retry of an asynchronous invocation', 'lambdaAsyncErrors'],
  asynchronousSecondRetrySeconds: [120, 'seconds', 'default', 'the wait before the second retry of an asynchronous invocation', 'lambdaAsyncErrors'],
  asynchronousEventAgeSecondsMinimum: [60, 'seconds', 'minimum', 'the age of an asynchronous invocation', 'lambdaAsync'],
  asynchronousEventAgeSecondsMaximum: [21_600, 'seconds', 'maximum', 'the age of an asynchronous invocation', 'lambdaAsync'],
  asynchronousEventAgeSecondsDefault: [21_600, 'seconds', 'default', 'the age of an asynchronous invocation', 'lambdaAsync'],

  // Lambda: event source mappings of SQS
  batchSizeMinimum: [1, 'count', 'minimum', 'the batch size of an event source mapping', 'lambdaMapping'],
  batchSizeMaximum: [10_000, 'count', 'maximum', 'the batch size of a mapping of a standard queue', 'lambdaMapping'],
  batchSizeMaximumFifo: [10, 'count', 'maximum', 'the batch size of a mapping of a FIFO queue', 'lambdaMapping'],
  batchSizeMaximumWithoutWindow: [10, 'count', 'maximum', 'the batch size of a mapping without a batching window', 'lambdaMapping'],
  batchSizeDefault: [10, 'count', 'default', 'the batch size of a mapping of a queue', 'lambdaMapping'],
  batchingWindowSecondsMinimum: [0, 'seconds', 'minimum', 'the batching window of a mapping', 'lambdaMapping'],
  batchingWindowSecondsMaximum: [300, 'seconds', 'maximum', 'the batching window of a mapping of a standard queue', 'lambdaMapping'],
  batchingWindowSecondsDefault: [0, 'seconds', 'default', 'the batching window of a mapping', 'lambdaMapping'],
  maxConcurrencyMinimum: [2, 'count', 'minimum', 'the MaximumConcurrency of a mapping', 'lambdaMapping'],
  maxConcurrencyMaximum: [1_000, 'count', 'maximum', 'the MaximumConcurrency of a mapping', 'lambdaMapping'],
  mappingFilters: [5, 'count', 'quota', 'filters of an event source mapping', 'lambdaFiltering'],
  mappingFilterCharacters: [4_096, 'characters', 'maximum', 'the JSON text of a mapping filter', 'lambdaFiltering'],
  visibilityTimeoutFactor: [6, 'number', 'default', 'the visibility timeout advised, in timeouts of the function', 'lambdaQueue'],

  // CloudWatch
  embeddedMetricValues: [100, 'count', 'maximum', 'values of one metric in a line of the embedded metric format', 'embeddedMetrics'],
  alarmMetrics: [10, 'count', 'maximum', 'metrics of an alarm on metric math', 'cloudWatchQuotas'],
  alarmNameCharacters: [255, 'characters', 'maximum', 'the name of an alarm', 'metricAlarm'],
  alarmDescriptionCharacters: [1_024, 'characters', 'maximum', 'the description of an alarm', 'metricAlarm'],
  dashboardWidgets: [500, 'count', 'maximum', 'widgets of a dashboard', 'cloudWatchQuotas'],
  dashboardMetrics: [2_500, 'count', 'maximum', 'metrics of all widgets of a dashboard together', 'cloudWatchQuotas'],
  widgetMetrics: [500, 'count', 'maximum', 'metrics of one widget of a dashboard', 'cloudWatchQuotas'],
  dashboardNameCharacters: [255, 'characters', 'maximum', 'the name of a dashboard', 'putDashboard'],
  widgetAlarms: [100, 'count', 'maximum', 'alarms of one widget of a dashboard', 'dashboardBody'],
  searchCharacters: [1_024, 'characters', 'maximum', 'a search expression on a graph', 'searchExpressions'],

  // DynamoDB
  tableItemBytes: [409_600, 'bytes', 'maximum', 'an item of a table, names of attributes included', 'dynamoDb'],
  tablePartitionKeyBytes: [2_048, 'bytes', 'maximum', 'the value of a partition key', 'dynamoDb'],
  tableSortKeyBytes: [1_024, 'bytes', 'maximum', 'the value of a sort key', 'dynamoDb'],
  tableExpressionBytes: [4_096, 'bytes', 'maximum', 'an expression of a request to a table', 'dynamoDb'],
  tableNestingDepth: [32, 'count', 'maximum', 'levels of values in each other', 'dynamoDb'],
  tableNumberDigits: [38, 'count', 'maximum', 'significant digits of a number in a table', 'dynamoDb'],
  transactionItems: [100, 'count', 'maximum', 'writes of one TransactWriteItems call', 'dynamoDbTransactions'],
  transactionTokenSeconds: [600, 'seconds', 'default', 'the time in which a transaction with the same token is not repeated', 'dynamoDbTransactions'],
  batchGetItems: [100, 'count', 'maximum', 'items of one BatchGetItem call', 'dynamoDbBatchGet'],
  streamRecordAgeSeconds: [86_400, 'seconds', 'maximum', 'the time that a stream of a table keeps a record', 'dynamoDbStreams'],
  // S3 and DynamoDB
  bucketNameCharacters: [63, 'characters', 'maximum', 'the name of a bucket', 'bucketNames'],
  tableNameCharacters: [255, 'characters', 'maximum', 'the name of a table', 'tableNames'],

  // IAM
  rolePolicyCharacters: [10_240, 'characters', 'maximum', 'the inline policies of a role together, spaces aside', 'iamQuotas'],
  managedPolicyCharacters: [6_144, 'characters', 'maximum', 'a managed policy, spaces aside', 'iamQuotas'],
  managedPoliciesPerRole: [10, 'count', 'quota', 'managed policies of a role', 'iamQuotas'],
  // API destinations
  apiDestinationUrlCharacters: [2_048, 'characters', 'maximum', 'the endpoint of an API destination', 'createApiDestination'],
  apiDestinationRateMinimum: [1, 'count', 'minimum', 'calls of a second to an API destination', 'createApiDestination'],
  apiDestinationRateMaximum: [300, 'count', 'maximum', 'calls of a second to an API destination', 'apiDestinations'],
  secretNameCharacters: [512, 'characters', 'maximum', 'the name of a secret', 'createSecret'],
  // Kinesis, Firehose
  streamRetentionHoursMinimum: [24, 'count', 'minimum', 'hours that a Kinesis stream keeps a record', 'streamRetention'],
  streamRetentionHoursMaximum: [8_760, 'count', 'maximum', 'hours that a Kinesis stream keeps a record', 'streamRetention'],
  firehoseBufferSecondsMinimum: [0, 'seconds', 'minimum', 'the time that Firehose gathers records', 'firehoseBuffering'],
  firehoseBufferSecondsDefault: [300, 'seconds', 'default', 'the time that Firehose gathers records', 'firehoseBuffering'],
  firehoseBufferSecondsMaximum: [900, 'seconds', 'maximum', 'the time that Firehose gathers records', 'firehoseBuffering'],
  firehoseBufferMbMinimum: [1, 'megabytes', 'minimum', 'what Firehose gathers for an object', 'firehoseBuffering'],
  firehoseBufferMbDefault: [5, 'megabytes', 'default', 'what Firehose gathers for an object', 'firehoseBuffering'],
  firehoseBufferMbMaximum: [128, 'megabytes', 'maximum', 'what Firehose gathers for an object', 'firehoseBuffering'],
  firehosePartitionedBufferMb: [64, 'megabytes', 'minimum', 'what Firehose gathers for an object with dynamic partitioning', 'firehosePartitions'],
  firehosePartitionKeys: [50, 'count', 'maximum', 'keys of dynamic partitioning', 'firehosePartitions'],
  // SNS: delivery to HTTP
  deliveryRetriesMinimum: [0, 'count', 'minimum', 'retries of an HTTP subscription', 'deliveryPolicies'],
  deliveryRetriesDefault: [3, 'count', 'default', 'retries of an HTTP subscription', 'deliveryPolicies'],
  deliveryRetriesMaximum: [100, 'count', 'maximum', 'retries of an HTTP subscription', 'deliveryPolicies'],
  deliveryDelaySecondsMinimum: [1, 'seconds', 'minimum', 'the delay of a retry of an HTTP subscription', 'deliveryPolicies'],
  deliveryDelaySecondsDefault: [20, 'seconds', 'default', 'the delay of a retry of an HTTP subscription', 'deliveryPolicies'],
  deliveryDelaySecondsMaximum: [3_600, 'seconds', 'maximum', 'the delay of a retry of an HTTP subscription', 'deliveryPolicies'],
  deliveryTotalSeconds: [3_600, 'seconds', 'maximum', 'the retries of an HTTP subscription together', 'deliveryPolicies'],
  // Step Functions
  executionInputBytes: [262_144, 'bytes', 'maximum', 'the input of an execution of a state machine', 'stepFunctions'],
  stateMachineDefinitionBytes: [1_048_576, 'bytes', 'maximum', 'the definition of a state machine', 'stepFunctions'],
  stateNameCharacters: [80, 'characters', 'maximum', 'the name of a state', 'stateMachineStates'],
  // Ingress
  pipeBusBatchMaximum: [10, 'count', 'maximum', 'events that a pipe puts on a bus at once', 'pipeTargets'],
  scheduleFlexibleMinutesMaximum: [1_440, 'count', 'maximum', 'the minutes of the flexible time window of a schedule', 'schedules'],
  scheduleRetryAttemptsMaximum: [185, 'count', 'maximum', 'the retries of a schedule', 'scheduleRetries'],
  scheduleEventAgeSecondsMaximum: [86_400, 'seconds', 'maximum', 'the age of an invocation of a schedule', 'scheduleRetries'],
  restApiBodyBytes: [10_485_760, 'bytes', 'maximum', 'the body of a request to a REST API', 'restApi'],
  restApiResources: [300, 'count', 'quota', 'resources (parts of paths) of a REST API', 'restApi'],
  restApiModelBytes: [409_600, 'bytes', 'maximum', 'a model of a REST API', 'restApi'],
  // Archives, schema registries, logs of buses, tags
  archiveNameCharacters: [48, 'characters', 'maximum', 'the name of an archive', 'createArchive'],
  registryNameCharacters: [64, 'characters', 'maximum', 'the name of a schema registry', 'schemaRegistries'],
  schemaNameCharacters: [385, 'characters', 'maximum', 'the name of a schema in a registry', 'schemaRegistries'],
  schemaDescriptionCharacters: [256, 'characters', 'maximum', 'the description of a schema', 'schemaRegistries'],
  deliverySourceNameCharacters: [60, 'characters', 'maximum', 'the name of a source or destination of vended logs', 'deliverySources'],
  tagsPerResource: [50, 'count', 'maximum', 'tags of a resource', 'tags'],
  tagKeyCharacters: [128, 'characters', 'maximum', 'the key of a tag', 'tags'],
  tagValueCharacters: [256, 'characters', 'maximum', 'the value of a tag', 'tags'],

  // CloudFormation
  stackNameCharacters: [128, 'characters', 'maximum', 'the name of a stack', 'cloudFormation'],
  stackTemplateBytes: [1_048_576, 'bytes', 'maximum', 'the template of a stack', 'cloudFormation'],
  stackResources: [500, 'count', 'maximum', 'resources of a stack', 'cloudFormation'],
} as const;

/** The id of an entry of {@link limits}. */
export type LimitId = keyof typeof table;

type Row = readonly [number, LimitUnit, LimitKind | 'quota', string, keyof typeof sources];

/** The numbers of AWS by id. Frozen; no such number stands anywhere else in this repository. */
export const limits: Readonly<Record<LimitId, Limit>> = /* @__PURE__ */ freezeTable(table);

function freezeTable(rows: Readonly<Record<LimitId, Row>>): Readonly<Record<LimitId, Limit>> {
  const ids = Object.keys(rows) as LimitId[];
  return Object.freeze(Object.fromEntries(ids.map((id) => [id, toLimit(id, rows[id])])) as Record<LimitId, Limit>);
}

function toLimit(id: LimitId, [value, unit, kind, bounds, source]: Row): Limit {
  const adjustable = kind === 'quota';
  return Object.freeze({
    id,
    value,
    unit,
    kind: adjustable ? 'maximum' : kind,
    bounds,
    adjustable,
    source: sources[source],
    checked,
  });
}
