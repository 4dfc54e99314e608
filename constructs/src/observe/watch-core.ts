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
  /** Of buses with a key of your own: what they could not decrypt. */
  readonly busDeadLetterQueues: ReadonlyMap<string, Queue>;
}

/** Returns what is watched of the core stack: topics that a bus feeds, buses with a key of your own, and queues that no consumer of ours reads. */
export function watchCore(
  topology: Topology,
  environment: string | undefined,
  { topics, queues, busDeadLetterQueues }: CoreDestinations,
): readonly Watched[] {
  return watchablesOfCore(topology, environment).map((watchable) => {
    const queue = queues.get(watchable.key);
    if (queue !== undefined) return watchQueue(watchable, queue);
    const topic = topics.get(watchable.key);
    if (topic !== undefined) return watchFeed(watchable, topic);
    const deadLetters = busDeadLetterQueues.get(watchable.key);
    if (deadLetters !== undefined) return watchBus(watchable, deadLetters);
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

function watchBus(watchable: Watchable, deadLetterQueue: Queue): Watched {
  return {
    ...{ watchable, scope: deadLetterQueue, redrive: 'again', deadLetterQueues: [deadLetterQueue] },
    ...{ waiting: [], rules: new Map() },
  };
}

/** The rule that feeds a topic, and the dead-letter queue of its target, are below the topic. */
function watchFeed(watchable: Watchable, topic: Topic): Watched {
  return {
    watchable,
    scope: topic,
    redrive: 'again',
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
