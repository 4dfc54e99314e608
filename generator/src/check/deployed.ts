import { type Destination, limits, type Topology } from '@eventloom/engine';
import type { Origin } from '../diagnostics/diagnostic.ts';
import type { EventModel } from '../model/event-model.ts';
import { queueKey, topicKey } from '../model/events.ts';

/*
 * What is known of a deployment before there is one: names as the constructs make them, and ARNs as long as they get. A
 * test compares these with synthesized templates.
 */

/** What the constructs put before a name: nothing, or an environment of so many characters with a dash. */
export interface Deployment {
  /** 0 without an environment. */
  readonly prefixLength: number;
  /** As a sentence ends: "in environment `prod`". */
  readonly words: string;
  /** True when the spec says that it is deployed so: then what does not fit is an error. */
  readonly isCertain: boolean;
}

/** Characters that an environment is taken to have where the spec names none. */
const usualEnvironment = 10;

/** The deployments that a spec is judged by: without an environment, and in the longest one that it names or that is usual. */
export function deploymentsOf({ infrastructure }: Topology): readonly Deployment[] {
  const bare: Deployment = { prefixLength: 0, words: '', isCertain: true };
  const [longest] = Object.keys(infrastructure?.environments ?? {}).sort((one, other) => other.length - one.length);
  if (longest !== undefined) {
    const words = ` in environment \`${longest}\``;
    return [bare, { prefixLength: longest.length + 1, words, isCertain: true }];
  }
  const words = ` in an environment whose name has ${usualEnvironment} characters`;
  return [bare, { prefixLength: usualEnvironment + 1, words, isCertain: false }];
}

/** Characters of an account, of the longest Region, and of a rule's name as CloudFormation chooses it. */
const account = '123456789012';
const region = 'ap-southeast-1';

/** The ARN of a destination, without what the environment puts before its name. */
export function destinationArn({ kind, name }: Pick<Destination, 'kind' | 'name'>): string {
  switch (kind) {
    case 'bus':
      return `arn:aws:events:${region}:${account}:event-bus/${name}`;
    case 'topic':
      return `arn:aws:sns:${region}:${account}:${name}`;
    case 'queue':
      return `arn:aws:sqs:${region}:${account}:${name}`;
    default:
      return kind satisfies never;
  }
}

/** The URL of a queue, without what the environment puts before its name. */
export function queueUrl(name: string): string {
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

/** What a publisher is told of a destination: the name of a bus, the ARN of a topic, the URL of a queue. */
export function environmentValue(destination: Destination): string {
  if (destination.kind === 'bus') return destination.name;
  return destination.kind === 'topic' ? destinationArn(destination) : queueUrl(destination.name);
}

/** The ARN of a rule whose name CloudFormation chooses, without what the environment puts before the name of its bus. */
export function ruleArn(busName: string): string {
  const name = 'x'.repeat(limits.ruleNameCharacters.value);
  return `arn:aws:events:${region}:${account}:rule/${busName}/${name}`;
}

/** The ARN of a queue whose name CloudFormation chooses. */
export const chosenQueueArn: string = destinationArn({
  kind: 'queue',
  name: 'x'.repeat(limits.queueNameCharacters.value),
});

/** The URL of a queue whose name CloudFormation chooses. */
export const chosenQueueUrl: string = queueUrl('x'.repeat(limits.queueNameCharacters.value));

/** The name of the bucket for claims. */
export function claimBucketName(system: string): string {
  return `${system}-claims-${account}-${region}`;
}

/** Where the spec speaks of a topic or queue: the first operation on its channel, else the title. */
export function originOf({ key }: Pick<Destination, 'key'>, { system, spec }: EventModel): Origin {
  const operations = system.services.flatMap(({ producers, consumers, subscribers }) => [
    ...producers,
    ...[...consumers, ...subscribers].flatMap((receiver) => receiver.operations),
  ]);
  return (
    operations.find(({ channel }) => topicKey(channel) === key || queueKey(channel) === key)?.origin ?? spec.origin
  );
}
