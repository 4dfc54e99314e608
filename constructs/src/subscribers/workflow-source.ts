import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/**
 * The state machine of a `workflow` whose definition stands in no file: one that exists, or what makes it in a scope
 * below its subscriber. What another stack of the app has made becomes an import of it; so let it be made here, or take it by
 * its name: `StateMachine.fromStateMachineName`.
 */
export type WorkflowSource = IStateMachine | ((scope: Construct) => IStateMachine);

/** State machines by the keys of their subscribers: `orders/fulfil`. */
export interface WorkflowSources {
  readonly [subscriber: string]: WorkflowSource;
}
