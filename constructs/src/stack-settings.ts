import type { Topology } from '@eventloom/engine';
import type { Environment, RemovalPolicy } from 'aws-cdk-lib';

/** Settings that the core stack and the stacks of the services share. All stacks of one system need the same ones. */
export interface StackSettings {
  /** The wired system, as generated from the spec. */
  readonly topology: Topology;

  /**
   * Name of the deployment, in kebab-case. It prefixes the names of stacks, buses, topics and queues: `dev-shop`.
   *
   * @default - no prefix
   */
  readonly environment?: string;

  /**
   * Account and Region of the stacks.
   *
   * @default - those of the credentials at deployment
   */
  readonly env?: Environment;

  /**
   * What becomes of tables and of the bucket for claims when they leave their stack.
   *
   * @default - RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
