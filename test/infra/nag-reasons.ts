/** Why a finding of cdk-nag is right as it is. */
export interface NagReason {
  /** The rule, with what it found. */
  readonly rule: RegExp;
  /** The construct, from its system on. */
  readonly where: RegExp;
  readonly reason: string;
}

/**
 * Every finding of the AwsSolutions pack that stands, each with a reason that a reviewer can check. The constructs
 * acknowledge nothing: whoever runs cdk-nag over an app of theirs decides for themselves (docs/deploy.md shows how).
 */
export const nagReasons: readonly NagReason[] = [
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    where: /\/Role\/DefaultPolicy\/Resource$/,
    reason: 'X-Ray knows no resources: its two actions take `*` only. No other statement of a function has it.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    where: /\/(ExecutionRole|Workflow\/\w+\/Role)\/DefaultPolicy\/Resource$/,
    reason:
      'X-Ray and the delivery of vended logs know no resources: what Step Functions needs for them takes `*` only.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:<AWS::Partition>:s3:::.+-claims-.+\/claims\/\w+\/\*\]$/,
    where: /\/Role\/DefaultPolicy\/Resource$/,
    reason: 'The name of an object with a claimed payload is random. The prefix is that of one type of event.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::<\w+Bucket\w+\.Arn>\/\*\]$/,
    where: /\/WriterRole\/DefaultPolicy\/Resource$/,
    reason: 'Firehose names its objects after the time. The bucket is made for it and holds nothing else.',
  },
  {
    rule: /^AwsSolutions-SQS3$/,
    where: /DeadLetterQueue\/Resource$/,
    reason:
      'It is a dead-letter queue: of targets of rules, of subscriptions and of functions, at which cdk-nag does not look.',
  },
  {
    rule: /^AwsSolutions-S1$/,
    where: /\/(ClaimBucket|Bucket)\/Resource$/,
    reason:
      'Nobody but functions and Firehose reaches the bucket. Logs of its accesses would need a bucket that no one looks at and everyone pays for; CloudTrail data events tell more, and are the choice of the account.',
  },
];
