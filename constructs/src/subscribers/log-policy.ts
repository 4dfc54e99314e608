import { ArnFormat, Lazy, Stack } from 'aws-cdk-lib';
import { CfnResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/**
 * Lets rules write to the log groups of events of their stack. An account has room for ten such policies in a Region
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html), so a stack makes one for all.
 */
export function allowLogging(scope: Construct, ruleArns: readonly string[]): CfnResourcePolicy {
  const stack = Stack.of(scope);
  const policy = (stack.node.tryFindChild(LogPolicy.id) ?? new LogPolicy(stack)) as LogPolicy;
  policy.ruleArns.push(...ruleArns);
  return policy.resource;
}

class LogPolicy extends Construct {
  static readonly id: string = 'EventLogs';
  readonly ruleArns: string[] = [];
  readonly resource: CfnResourcePolicy;

  constructor(stack: Stack) {
    super(stack, LogPolicy.id);
    this.resource = new CfnResourcePolicy(this, 'Policy', {
      policyName: `${stack.stackName}-events`,
      policyDocument: Lazy.string({ produce: () => stack.toJsonString(documentOf(stack, this.ruleArns)) }),
    });
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions */
function documentOf(stack: Stack, ruleArns: readonly string[]): object {
  const Principal = { Service: ['delivery.logs.amazonaws.com', 'events.amazonaws.com'] };
  const Condition = { ArnEquals: { 'aws:SourceArn': ruleArns } };
  const groups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `/aws/events/${stack.stackName}/*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal, Action: ['logs:CreateLogStream'], Resource: `${groups}:*` },
      { Effect: 'Allow', Principal, Action: ['logs:PutLogEvents'], Resource: `${groups}:*`, Condition },
    ],
  };
}
