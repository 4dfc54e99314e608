/** Diagnostics of the check stage: rules about the whole model. */
export const checkCodes = {
  'unconsumed-event': {
    severity: 'info',
    title: 'Event that nobody receives',
    why: 'It may be meant for others outside the spec, or a consumer may have been forgotten.',
    fix: 'Add a `receive` operation, or leave it when the event is for others.',
  },
  'payload-not-object': {
    severity: 'error',
    title: 'Payload on a bus is no object',
    why: 'The payload is the `detail` of an EventBridge event, which must be a JSON object.',
    fix: 'Put the value into a field: `type: object`, `properties: { … }`.',
  },
  'undeclared-field': {
    severity: 'error',
    title: 'Filter on a field that is not declared',
    why: 'A misspelt field never matches and looks like an event that never comes. Declared fields are typed, documented and checked.',
    fix: 'Correct the name, or declare the field in the payload.',
  },
  'filter-misses-message': {
    severity: 'warning',
    title: 'Filter that some messages cannot match',
    why: 'The filter applies to each message of the operation; the consumer will never see those that it cannot match.',
    fix: 'List in `messages` only those that it can match, or change the filter.',
  },
  'filter-never-matches': {
    severity: 'error',
    title: 'Filter that never matches',
    why: 'It is proven that no valid event passes: the consumer would never run.',
    fix: 'Compare with values that the schema allows.',
  },
  'filter-dead-alternative': {
    severity: 'warning',
    title: 'Alternative that never matches',
    why: 'It is proven that no valid event passes this alternative: a misspelt value, or one that the schema has lost. The others work without it.',
    fix: 'Correct the value, or remove the alternative.',
  },
  'filter-always-matches': {
    severity: 'warning',
    title: 'Condition that always matches',
    why: 'It is proven that every valid event passes: the condition excludes nothing, and readers think it does.',
    fix: 'Remove the condition, or compare with fewer values.',
  },
  'filter-condition-replaced': {
    severity: 'warning',
    title: 'Condition without effect',
    why: 'When a filter names one field twice (with a dotted key, or beside `$or`), EventBridge keeps the last condition and drops the other: it does not join them.',
    fix: 'Write one condition on the field, or move it into each alternative of `$or`.',
  },
  'filter-repeated': {
    severity: 'warning',
    title: 'Two consumers with one filter',
    why: 'Both receive exactly the same events: each has its own rule, queue and function to run and to pay for.',
    fix: 'Join them into one consumer, or leave it when they must fail and retry apart.',
  },
  'filter-not-a-header': {
    severity: 'error',
    title: 'Filter on something that is no attribute',
    why: 'With `x-filter-scope: attributes` SNS reads message attributes, which come from the headers of the message alone.',
    fix: 'Declare a header of the same name and type as the field of the payload, or filter the body.',
  },
  'queue-filter-deletes': {
    severity: 'error',
    title: 'Filter that deletes messages',
    why: 'A point-to-point queue has one consumer: what its filter does not match is deleted, and nobody ever sees it.',
    fix: 'Remove the filter, or write `x-filter-unmatched: delete` if that is meant.',
  },
  'received-twice': {
    severity: 'warning',
    title: 'Event over two routes to one consumer',
    why: 'Each operation is a rule of its own; an event that both match is delivered twice.',
    fix: 'Join the operations into one, or make their filters exclude each other.',
  },
  'shared-handler': {
    severity: 'error',
    title: 'Two consumers with one handler module',
    why: 'A module exports one `handler`, made for one consumer and its events.',
    fix: 'Give one of them another `x-delivery.handler`.',
  },
  'rules-per-bus': {
    severity: 'warning',
    title: 'More rules than the default quota',
    why: 'Deployment fails unless AWS raised the quota of the account.',
    fix: 'Ask AWS for a higher quota, or feed a topic by one rule (`bindings.sns` beside `servers`) and let consumers subscribe.',
  },
  'policies-per-topic': {
    severity: 'warning',
    title: 'More filter policies than the default quota',
    why: 'Deployment fails unless AWS raised the quota of the account.',
    fix: 'Ask AWS for a higher quota, or spread the messages over several channels.',
  },
  'resources-per-stack': {
    severity: 'warning',
    title: 'Stack too large',
    why: 'CloudFormation refuses a stack with more resources.',
    fix: 'Split the service: consumers that are deployed apart can be services of their own.',
  },
} as const;
