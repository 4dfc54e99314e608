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
  {
    rule: /^AwsSolutions-IAM4\[Policy::arn:<AWS::Partition>:iam::aws:policy\/service-role\/AmazonAPIGatewayPushToCloudWatchLogs\]$/,
    where: /\/HttpApi\/Api\/CloudWatchRole\/Resource$/,
    reason: 'API Gateway writes all its logs with one role of the account, and AWS prescribes this policy for it.',
  },
  {
    rule: /^AwsSolutions-APIG3$/,
    where: /\/HttpApi\/Api\/DeploymentStage\.\w+\/Resource$/,
    reason: 'What a web ACL lets through is the choice of who owns the address; the stage is exposed to hang one on.',
  },
  {
    rule: /^AwsSolutions-COG4$/,
    where: /\/HttpApi\/Api\/Default\/.+\/(POST|PUT|PATCH|DELETE)\/Resource$/,
    reason:
      'The spec says who may call: by IAM, by a token of any issuer, by an authorizer of the service, or by a key.',
  },
  {
    rule: /^AwsSolutions-APIG4$/,
    where: /\/HttpApi\/Api\/Default\/ships\/\{ship\}\/alarms\/POST\/Resource$/,
    reason: 'The spec asks for an API key here. Every other method has an authorizer.',
  },
  {
    rule: /^AwsSolutions-KDS3$/,
    where: /^Locked\/.+\/Stream\/Resource$/,
    reason:
      'The stream is encrypted with the key of the customer, which is more than the key of AWS that the rule asks for.',
  },
];
