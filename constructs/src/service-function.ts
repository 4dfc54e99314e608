import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { logEncryption } from './encryption.ts';

/** Settings that all functions share. */
export interface FunctionSettings {
  /**
   * Runtime of the functions.
   *
   * @default - nodejs24.x
   */
  readonly runtime?: Runtime;

  /**
   * Processor of the functions.
   *
   * @default - arm64
   */
  readonly architecture?: Architecture;

  /**
   * How long logs are kept.
   *
   * @default - one month
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether functions report to X-Ray.
   *
   * @default - true
   */
  readonly tracing?: boolean;

  /**
   * What becomes of log groups when they leave their stack.
   *
   * @default - RemovalPolicy.RETAIN
   */
  readonly logRemovalPolicy?: RemovalPolicy;
}

/** What a function of a service is made of. */
export interface ServiceFunctionProps extends FunctionSettings {
  readonly code: Code;
  /** Module path of the handler in the code, without extension. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Record<string, string>;
  /** @default - chosen by CloudFormation */
  readonly functionName?: string;
  /** Gives the role what the handler needs beside its log group and X-Ray. */
  readonly grant: (role: Role) => void;
}

/** A function with what belongs to it alone. */
export interface ServiceFunction {
  readonly lambda: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;
}

/** Adds a function, its role and its log group. The role may write to that log group, report to X-Ray, and what it is granted. */
export function addServiceFunction(scope: Construct, props: ServiceFunctionProps): ServiceFunction {
  const logGroup = new LogGroup(scope, 'LogGroup', {
    retention: props.logRetention ?? RetentionDays.ONE_MONTH,
    removalPolicy: props.logRemovalPolicy ?? RemovalPolicy.RETAIN,
    ...logEncryption(scope),
  });
  const role = addRole(scope, logGroup);
  props.grant(role);
  const lambda = new LambdaFunction(scope, 'Function', {
    code: props.code,
    handler: `${props.handler}.handler`,
    runtime: props.runtime ?? Runtime.NODEJS_24_X,
    architecture: props.architecture ?? Architecture.ARM_64,
    timeout: Duration.seconds(props.timeoutSeconds),
    memorySize: props.memoryMb,
    tracing: props.tracing === false ? Tracing.DISABLED : Tracing.ACTIVE,
    environment: props.environment,
    ...(props.functionName === undefined ? {} : { functionName: props.functionName }),
    logGroup,
    role,
  });
  return { lambda, role, logGroup };
}

/** Not the managed AWSLambdaBasicExecutionRole: that one may write to every log group of the account. */
function addRole(scope: Construct, { logGroupArn }: LogGroup): Role {
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const actions = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  role.addToPolicy(new PolicyStatement({ actions, resources: [logGroupArn] }));
  return role;
}

/** Returns of `settings` what is given of those that all functions share. */
export function functionSettings(props: FunctionSettings): FunctionSettings {
  const { runtime, architecture, logRetention, tracing, logRemovalPolicy } = props;
  return {
    ...(runtime === undefined ? {} : { runtime }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(logRetention === undefined ? {} : { logRetention }),
    ...(tracing === undefined ? {} : { tracing }),
    ...(logRemovalPolicy === undefined ? {} : { logRemovalPolicy }),
  };
}
