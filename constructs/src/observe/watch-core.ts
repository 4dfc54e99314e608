import { type Topology, type Watchable, watchablesOfCore } from '@eventloom/engine';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Watched } from './watched.ts';

/** The destinations of the core stack, by key. */
export interface CoreDestinations {
  readonly topics: ReadonlyMap<string, Topic>;
  readonly queues: ReadonlyMap<string, Queue>;
}

/** Returns what is watched of the core stack: topics that a bus feeds, and queues that no consumer of ours reads. */
export function watchCore(
  topology: Topology,
  environment: string | undefined,
  { topics, queues }: CoreDestinations,
): readonly Watched[] {
  return watchablesOfCore(topology, environment).map((watchable) => {
    const queue = queues.get(watchable.key);
    if (queue !== undefined) return watchQueue(watchable, queue);
    const topic = topics.get(watchable.key);
    if (topic !== undefined) return watchFeed(watchable, topic);
    throw new Error(`the core stack has no ${watchable.key}`);
  });
}

function watchQueue(watchable: Watchable, queue: Queue): Watched {
  const deadLetterQueue = queue.deadLetterQueue?.queue;
  return {
    watchable,
    scope: queue,
    redrive: 'sqs',
    deadLetterQueues: deadLetterQueue === undefined ? [] : [deadLetterQueue],
    waiting: [{ kind: 'queue', queue }],
    rules: new Map(),
  };
}

/** The rule that feeds a topic, and the dead-letter queue of its target, are below the topic. */
function watchFeed(watchable: Watchable, topic: Topic): Watched {
  return {
    watchable,
    scope: topic,
    redrive: 'sqs',
    deadLetterQueues: childrenOf(topic).filter((child) => child instanceof Queue),
    waiting: [],
    rules: new Map(
      childrenOf(topic)
        .filter((child) => child instanceof CfnRule)
        .map((rule) => [watchable.key, rule]),
    ),
  };
}

function childrenOf(scope: Construct) {
  return scope.node.children;
}
