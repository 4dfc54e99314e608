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
      'Nobody but functions, Firehose and CloudFront reaches the bucket. Logs of its accesses would need a bucket that no one looks at and everyone pays for; CloudTrail data events tell more, and are the choice of the account.',
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
  {
    rule: /^AwsSolutions-CFR[12]$/,
    where: /^Docs\/Site\/Distribution\/Resource$/,
    reason:
      'Who may read the documentation, and from where, is the choice of its owner: `webAclId` takes a web ACL, which knows countries too.',
  },
  {
    rule: /^AwsSolutions-CFR3$/,
    where: /^Docs\/Site\/Distribution\/Resource$/,
    reason: 'Logs say who reads what, and need a bucket that somebody looks at: `accessLogBucket` takes one.',
  },
  {
    rule: /^AwsSolutions-CFR4$/,
    where: /^Docs\/Site\/Distribution\/Resource$/,
    reason:
      "Under CloudFront's own name the protocol cannot be chosen. With `domainNames` and `certificate` it is TLS 1.2 and later.",
  },
  {
    rule: /^AwsSolutions-(L1|IAM4\[Policy::.+\/AWSLambdaBasicExecutionRole\])$/,
    where: /^Docs\/Custom::CDKBucketDeployment\w+\/(ServiceRole\/)?Resource$/,
    reason:
      "The function that uploads the site is the CDK's (`aws-s3-deployment`), which chooses its runtime and the policy for its logs.",
  },
  {
    rule: /^AwsSolutions-IAM5\[(Action::s3:\w+\*|Resource::arn:<AWS::Partition>:s3:::cdk-\w+-assets-.+\/\*|Resource::<SiteBucket\w+\.Arn>\/\*)\]$/,
    where: /^Docs\/Custom::CDKBucketDeployment\w+\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason:
      "The CDK's grants to its uploading function: to read its own assets, and to write the site's bucket, which holds nothing else.",
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    where: /^Docs\/Custom::CDKBucketDeployment\w+\/ServiceRole\/DefaultPolicy\/Resource$/,
    reason: 'The CDK lets its uploading function invalidate any distribution, and nothing else on `*`.',
  },
];
