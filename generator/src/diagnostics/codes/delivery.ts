/** Diagnostics of the model stage about deliveries to what is no function of the service. */
export const deliveryCodes = {
  'delivery-option-missing': {
    severity: 'error',
    title: 'Delivery without what it needs',
    why: 'The delivery leads somewhere that only the spec can name.',
    fix: 'Add the option.',
  },
  'delivery-route': {
    severity: 'error',
    title: 'Delivery that the channel cannot lead to',
    why: 'Rules of EventBridge and subscriptions of SNS each lead to targets of their own.',
    fix: 'Publish the events where the delivery can be reached from, or choose another type.',
  },
  'delivery-loop': {
    severity: 'error',
    title: 'Events sent back to their own bus',
    why: 'The rule would match what it sent, and send it again without end.',
    fix: 'Name another bus.',
  },
  'delivery-without-handler': {
    severity: 'error',
    title: 'Work for a handler that is not there',
    why: 'Only deliveries of type `queue` and `function` have a handler; elsewhere the extension would have no effect.',
    fix: 'Remove it, or take delivery type `queue` or `function`.',
  },
  'claim-without-handler': {
    severity: 'warning',
    title: 'Claims sent to what cannot redeem them',
    why: 'A large payload is kept in a bucket, and what is sent names the place; the runtime of a function fetches it.',
    fix: 'Take delivery type `queue` or `function`, publish the event without `x-claim-check`, or let the receiver fetch payloads itself.',
  },
  'secret-in-spec': {
    severity: 'error',
    title: 'Secret in the spec',
    why: 'A spec is read by many and kept for ever, and so are templates made from it.',
    fix: 'Keep the secret in Secrets Manager, and name it.',
  },
  'partition-field': {
    severity: 'error',
    title: 'Partition by what a payload may lack',
    why: 'A stream is partitioned by a plain value of each event; where it is missing, AWS cannot deliver the event.',
    fix: 'Point to a text, a number or a boolean that every payload must have.',
  },
} as const;
