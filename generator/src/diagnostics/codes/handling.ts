/** Diagnostics of the model stage about what handlers do with events: keys, splits, gathering, downstreams, claims. */

export const handlingCodes = {
  'idempotency-without-key': {
    severity: 'warning',
    title: 'Idempotency by event id, in a consumer that publishes',
    why: "The event's id covers redelivery, not a producer that publishes the same fact twice; what the handler publishes would then be doubled too.",
    fix: 'Give a business key: `x-idempotency: { key: /orderId }`.',
  },
  'split-emits': {
    severity: 'error',
    title: 'Split into not exactly one event',
    why: 'For each element of the array one event is published; with none or several in `x-emits` nothing says which.',
    fix: 'Let `x-emits` name the one message that an element becomes.',
  },
  'split-field': {
    severity: 'error',
    title: 'Split of what is no array',
    why: 'Every event that the consumer receives is split at the same place; what has no array there cannot be handled.',
    fix: 'Point to an array that the payload declares.',
  },
  'split-field-optional': {
    severity: 'warning',
    title: 'Split of what may be no array',
    why: 'A valid payload without the array has nothing to split, and its event fails.',
    fix: 'Make the field required, and an array and nothing else.',
  },
  'gather-not-possible': {
    severity: 'error',
    title: 'Gathering that cannot work',
    why: 'The parts of one split wait for each other in a standard queue, and the handler gets all of them at once.',
    fix: 'Gather one event, from a standard queue.',
  },
  'gather-without-split': {
    severity: 'warning',
    title: 'Gathering of what nobody splits',
    why: 'Only events that come of a split carry the number of parts to wait for; any other is dead-lettered as `no-part`.',
    fix: 'Split an event in a consumer that this event comes from (`x-split`), unless that happens in another system.',
  },
  'gather-outlives-queue': {
    severity: 'error',
    title: 'Gathering for longer than the queue keeps messages',
    why: 'The message of the first part is the timer: SQS deletes it at the end of its retention, and nobody would hear that parts are missing.',
    fix: 'Lower `x-gather.timeoutSeconds`.',
  },
  'gather-not-outlasted': {
    severity: 'warning',
    title: 'Gathering for longer than its timer is received',
    why: 'The message of the first part is the timer, and SQS hides it for hours at most: each time it is shown takes one of its receives, and after the last it goes to the dead-letter queue before time is up.',
    fix: 'Raise `maxReceiveCount`.',
  },
  'gather-key': {
    severity: 'warning',
    title: 'Gathering beside an idempotency key',
    why: 'Gathering takes each part once by itself. A key that the parts of one split share, such as the id of their order, lets in only the first of them, and the others are never gathered.',
    fix: 'Remove `x-idempotency`, or its `key`.',
  },
  'outage-not-outlasted': {
    severity: 'warning',
    title: 'Outage longer than an event is retried',
    why: 'While a downstream is out of order each probe that an event waits for takes one of its receives; after the last it goes to the dead-letter queue.',
    fix: 'Raise `maxReceiveCount` or `maximumProbeSeconds`.',
  },
  'call-not-possible': {
    severity: 'error',
    title: 'Direct call that cannot work',
    why: 'A caller hands the function the event as a rule would, and nothing of what stands between a bus and a function is passed: no queue, no topic, no filter.',
    fix: 'Name callers of a function on a bus that receives one event without a filter.',
  },
  'call-reply': {
    severity: 'error',
    title: 'Reply of no one message',
    why: 'Who calls a function directly gets one answer, whose type is that of one message.',
    fix: 'Name a channel and one of its messages in `reply`.',
  },
  'call-unknown-service': {
    severity: 'warning',
    title: 'Caller that is nearly another service',
    why: 'A service may call without an operation of its own, but a name so near to that of another service is mostly a slip; the service that is meant would lack the right to call.',
    fix: 'Correct the name.',
  },
  'claim-field': {
    severity: 'error',
    title: 'Claim that keeps what is no plain field',
    why: 'A claim is small, so it keeps texts, numbers and booleans; a field that no message declares would never be there.',
    fix: 'Point to a text, a number or a boolean that a message of the channel declares.',
  },
  'claim-expires': {
    severity: 'warning',
    title: 'Payload deleted before its claim',
    why: 'A claim may stand in a dead-letter queue for as long as SQS keeps messages; brought back later than its payload was deleted, the event is lost.',
    fix: 'Raise `expireDays`, or leave it out.',
  },
} as const;
