// The environment variables that the wiring sets and the runtime reads. Those of destinations are in the topology.

/** URL of a consumer's own dead-letter queue, or of its function's on-failure queue. */
export const deadLetterQueueVariable = 'EVENTLOOM_DEAD_LETTER_QUEUE_URL';

/** URL of the queue that feeds a consumer; needed to change the visibility of messages. */
export const queueVariable = 'EVENTLOOM_QUEUE_URL';

/** Name of the DynamoDB table of a service for what handlers remember: idempotency, circuits, gatherings. */
export const tableVariable = 'EVENTLOOM_TABLE_NAME';

/** Name of the S3 bucket for payloads that are too large to be sent (`x-claim-check`). */
export const claimBucketVariable = 'EVENTLOOM_CLAIM_BUCKET_NAME';

/** Name of the DynamoDB table that a service writes its events to, in one transaction with its own items (`x-outbox`). */
export const outboxTableVariable = 'EVENTLOOM_OUTBOX_TABLE_NAME';

/** JSON of what the authorizer of an API lets in: issuer, audience, and the scopes of each method (`x-ingress`). */
export const jwtVariable = 'EVENTLOOM_JWT_AUTHORIZER';
