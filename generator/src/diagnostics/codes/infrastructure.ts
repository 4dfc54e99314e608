/** Diagnostics of the model stage about how the system is deployed: `x-infrastructure`, `x-alarms`, `x-eventbridge`. */
export const infrastructureCodes = {
  'unknown-service': {
    severity: 'error',
    title: 'Settings for a service that is not there',
    why: 'The settings would silently have no effect, while the service that was meant keeps the defaults.',
    fix: 'Name a service as `x-service` of its operations does.',
  },
  'allowed-account-twice': {
    severity: 'error',
    title: 'Account allowed twice',
    why: 'What an account may publish stands in one place; of two lists the longer one would count.',
    fix: 'Join the two entries.',
  },
  'allowed-event': {
    severity: 'error',
    title: 'Allowed event that is not on the bus',
    why: 'The policy of a bus can let in only what is published there: it is bound to the source of the event and to its name.',
    fix: "Write `{ $ref: '#/channels/<channel>/messages/<message>' }` for a message of a channel on this bus.",
  },
  'queue-replaced': {
    severity: 'warning',
    title: 'Queue that deploying deletes',
    why: 'The last output had a queue that this one has not, or has as another: CloudFormation deletes it together with the messages that wait on it and the dead letters beside it.',
    fix: 'Keep its name with `x-consumer`, or let it run empty before you deploy.',
  },
  'schema-registry-lossy': {
    severity: 'info',
    title: 'Schema in a registry says less than the spec',
    why: 'The schema registry of EventBridge takes JSON Schema draft-04; what draft-07 says beyond it cannot be kept there. Publishers and handlers validate by the spec itself.',
    fix: 'Leave it, or say it in words that draft-04 has.',
  },
} as const;
