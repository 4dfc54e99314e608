/** What stands in wire forms where AWS or the publisher would put something of its own. */
export const placeholders = {
  account: '123456789012',
  region: 'us-east-1',
  /** Of the event: EventBridge's own id, or the publisher's. */
  eventId: '2f6c9d5e-8b1a-4c3d-9e7f-0a1b2c3d4e5f',
  /** Of the message of SNS. */
  notificationId: '7d1e0c9b-3a5f-4e2d-8c6b-1f0e9d8c7b6a',
  /** Of the message of SQS. */
  messageId: '059f36b4-87a3-44ab-83d2-661975830a7d',
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
  senderId: 'AIDAIENQZJOLO23YVJ4VO',
  /** Milliseconds since the epoch: 2026-01-15T09:30:00.123Z. */
  sentAt: 1_768_469_400_123,
  sequenceNumber: '18849496460467696128',
  subscriptionId: '21be56ed-a058-49f5-8c98-aedd2564c486',
} as const;

/** With milliseconds, as publishers and SNS write it. */
export const exactTime = '2026-01-15T09:30:00.123Z';

/** In whole seconds, as EventBridge writes it. */
export const wholeTime = '2026-01-15T09:30:00Z';

/** The ARN of a resource in the placeholder account: `arnOf('sqs', 'work')`. */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${placeholders.region}:${placeholders.account}:${resource}`;
}
