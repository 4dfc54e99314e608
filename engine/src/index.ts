export {
  type AlarmKind,
  alarmMetrics,
  type PlannedAlarm,
  type PlannedMetric,
  planAlarms,
  type Watchable,
} from './alarm-plan.ts';
export { nextProbeSeconds, outlastedSeconds } from './circuit/outlasted-seconds.ts';
export {
  type DeadLetterAttribute,
  type DeadLetterKind,
  type DeadLetterMessage,
  type DeadLetterReading,
  type FunctionReturn,
  failureAttribute,
  type QueueReturn,
} from './dead-letter/dead-letter.ts';
export { type DeadLetterConsumer, readDeadLetter } from './dead-letter/read-dead-letter.ts';
export type * from './destination.ts';
export { putEventsEntryBytes, type SizedEntry } from './entry-size.ts';
export { maximumEntryBytes } from './envelope-size.ts';
export {
  claimBucketVariable,
  deadLetterQueueVariable,
  jwtVariable,
  outboxTableVariable,
  queueVariable,
  tableVariable,
} from './environment-variables.ts';
export type * from './event-pattern.ts';
export {
  type CompiledFilterPolicy,
  compileFilterPolicy,
  type FilterPolicyResult,
} from './filter-policy/compile-filter-policy.ts';
export {
  type FilterableAttribute,
  type FilterableMessage,
  matchesFilterPolicy,
} from './filter-policy/match-filter-policy.ts';
export {
  type FilterPolicyScope,
  filterPolicyBytes,
  filterPolicyCombinations,
  filterPolicyKeys,
} from './filter-policy/policy-size.ts';
export { type HashSplit, type Part, splitByHash } from './hash-split.ts';
export type * from './infrastructure.ts';
export type * from './ingress.ts';
export {
  batchEntries,
  changeVisibilityBatchEntries,
  embeddedMetricValues,
  eventResourceCharacters,
  functionTimeoutSecondsMaximum,
  type Limit,
  type LimitId,
  type LimitKind,
  type LimitUnit,
  limits,
  messageGroupIdCharacters,
  postponementSecondsMaximum,
  putEventsEntryTimeBytes,
  putEventsRequestBytes,
  queueMessageAttributes,
  queueMessageBytesMaximum,
  retentionSecondsMaximum,
  tableItemBytes,
  topicMessageBytesDefault,
  traceHeaderCharacters,
  visibilityTimeoutSecondsMaximum,
} from './limits.ts';
export { logRetentionPeriods } from './log-retention.ts';
export {
  type CompiledMappingFilter,
  compileMappingFilter,
  type MappingFilterResult,
  matchesMappingFilter,
} from './mapping-filter/mapping-filter.ts';
export { hasStack, type Observability, observabilityOf, type StackObservability } from './observability.ts';
export type { Outbox } from './outbox.ts';
export type { Branch, Leaf } from './pattern/branches.ts';
export { type CompiledPattern, compilePattern, matchesPattern, type PatternResult } from './pattern/compile-pattern.ts';
export type { Comparison, Condition, Operator, TextOperator } from './pattern/condition.ts';
export { describeCondition, describeConditions } from './pattern/describe-condition.ts';
export {
  type Dialect,
  eventBridgeDialect,
  filterPolicyDialect,
  mappingFilterDialect,
  type NumberBounds,
} from './pattern/dialect.ts';
export { describeMismatch, explainMismatch, type Mismatch } from './pattern/explain-mismatch.ts';
export { addressDigits } from './pattern/ip-address.ts';
export type { Scalar } from './pattern/json.ts';
export { conditionTest, type LeafTest } from './pattern/leaf-test.ts';
export { decimalsOf } from './pattern/parse-numeric.ts';
export { type ParsedPattern, type PatternPart, parsePattern } from './pattern/parse-pattern.ts';
export { patternComplexity } from './pattern/pattern-complexity.ts';
export type { PatternError } from './pattern/pattern-error.ts';
export { type ConditionResult, readCondition } from './pattern/read-condition.ts';
export { parseWildcard, type WildcardPieces } from './pattern/wildcard.ts';
export {
  billedChunkBytes,
  billedRecordBytes,
  monthHours,
  monthSeconds,
  type Price,
  type PriceConfidence,
  type PriceId,
  prices,
} from './prices.ts';
export { compileRuleSet, matchRuleSet, type RuleOfSet, type RuleSet } from './rule-set/rule-set.ts';
export { alarmDefaults, alarmsOf, type ResolvedAlarms, type ResolvedSettings, settingsOf } from './settings.ts';
export { coreResources } from './stack-resources.ts';
export { repeatedStackNames, type StackPart, splitFrom, splitService } from './stack-split.ts';
export type * from './subscriber.ts';
export { didYouMean, editDistance, suggest } from './suggest.ts';
export type * from './topology.ts';
export {
  watchableConsumer,
  watchableIngresses,
  watchableRelay,
  watchableSubscriber,
  watchablesOfCore,
} from './watchable.ts';
