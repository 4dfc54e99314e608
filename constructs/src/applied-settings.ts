import { RemovalPolicy, type StackProps } from 'aws-cdk-lib';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { inEnvironment } from './environment-topology.ts';
import type { FunctionSettings } from './service-function.ts';
import { type ResolvedSettings, settingsOf } from './settings.ts';
import type { StackSettings } from './stack-settings.ts';

/** Props of a stack with what `x-infrastructure` says filled in. */
export type AppliedSettings<Props extends StackSettings & FunctionSettings> = Props &
  Required<Pick<FunctionSettings, 'architecture' | 'logRetention' | 'tracing' | 'logRemovalPolicy'>> &
  Required<Pick<StackSettings, 'removalPolicy'>> & {
    /** What holds for the service, or for what all services share. */
    readonly settings: ResolvedSettings;
  };

/**
 * Fills in what `x-infrastructure` says, in the environment of the stack, for a service or for what all services share.
 * What the props say themselves comes first. The topology gets the memory and the timeouts of the environment.
 */
export function applySettings<Props extends StackSettings & FunctionSettings>(
  props: Props,
  service?: string,
): AppliedSettings<Props> {
  const settings = settingsOf(props.topology, props.environment, service);
  const removalPolicy = settings.removal === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
  return {
    ...props,
    topology: inEnvironment(props.topology, props.environment),
    architecture: props.architecture ?? (settings.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64),
    logRetention: props.logRetention ?? logRetention(settings),
    tracing: props.tracing ?? settings.tracing,
    removalPolicy: props.removalPolicy ?? removalPolicy,
    logRemovalPolicy: props.logRemovalPolicy ?? props.removalPolicy ?? removalPolicy,
    settings,
  };
}

/** Returns how long logs are kept: the members of the CDK's enumeration are days. */
export function logRetention({ logRetentionDays }: Pick<ResolvedSettings, 'logRetentionDays'>): RetentionDays {
  return logRetentionDays as RetentionDays;
}

/** Returns tags as props of a stack: CloudFormation gives them to all that the stack holds. */
export function tagsOf({ tags }: Pick<ResolvedSettings, 'tags'>): Pick<StackProps, 'tags'> {
  return Object.keys(tags).length === 0 ? {} : { tags: { ...tags } };
}
