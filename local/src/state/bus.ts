import { type JsonValue, matchRuleSet } from '@eventloom/engine';
import { nextUuid } from '../random.ts';
import { invokeAsynchronously } from './asynchronous.ts';
import { type Caller, causesOf, publisherOf } from './caller.ts';
import { type Content, createContent, type MessageAttributes } from './content.ts';
import { type DeliveryFailure, deliverOver, reasonOf } from './deliver.ts';
import { eventEnvelope } from './envelopes.ts';
import { publish, send } from './queue.ts';
import { deadLetterQueueOfTarget, publishToTopic, subscribersOf } from './topic.ts';
import type { Bus, Queue, Rule, World } from './world.ts';

/** One valid entry of PutEvents. */
export interface BusEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonValue;
  /** Milliseconds since the epoch; null is now. */
  readonly time: number | null;
  readonly resources: readonly string[];
  readonly traceHeader: string | null;
}

/** Puts an event on a bus: every rule that matches delivers it to its target. Returns the event's id. */
export function putEvent(world: World, bus: Bus, entry: BusEntry, caller: Caller): string {
  const id = nextUuid(world.random);
  const envelope = eventEnvelope(world.location, { ...entry, id, time: entry.time ?? world.scheduler.now() });
  const event = publish(world, {
    id,
    name: entry.detailType,
    source: entry.source,
    destination: bus.key,
    publisher: publisherOf(caller),
    causes: causesOf(world.ledger, caller, carriedId(entry.resources) ?? id),
  });
  const matching = matchRuleSet(bus.rules, envelope);
  if (matching.length === 0) return id;
  const content = createContent(JSON.stringify(envelope));
  for (const rule of matching) deliverTo(world, rule, { content, event, traceHeader: entry.traceHeader });
  return id;
}

/** The id that the publisher has given to the event, as `@eventloom/runtime` carries it over a bus. */
function carriedId(resources: readonly string[]): string | undefined {
  const prefix = 'urn:eventloom:id:';
  return resources.find((resource) => resource.startsWith(prefix))?.slice(prefix.length);
}

interface Delivered {
  readonly content: Content;
  readonly event: number;
  readonly traceHeader: string | null;
}

function deliverTo(world: World, rule: Rule, delivered: Delivered): void {
  const { content, event } = delivered;
  deliverOver(world, {
    kind: 'rule',
    event,
    consumers: consumersOf(rule, content),
    // A rule cannot say the group of a message, so nothing behind it is FIFO.
    fifo: false,
    deliver: () => deliver(world, rule, delivered),
    giveUp: (failure) => {
      const queue = deadLetterQueueOf(world, rule);
      const attributes = deadLetterAttributes(rule, failure);
      send(world, queue, {
        content: createContent(content.body, attributes),
        event,
        senderId: eventBridgeSender,
        reason: reasonOf({ kind: 'rule' }, failure),
        deadLetteredBy: 'rule',
      });
    },
  });
}

/** Numbers of the consumers that get what the rule delivers. */
function consumersOf({ target }: Rule, content: Content): readonly number[] {
  if (target.kind === 'topic') return subscribersOf(target.topic, content);
  return [target.kind === 'queue' ? target.queue.consumer : target.function.index].filter((index) => index !== null);
}

function deadLetterQueueOf(world: World, { name, target }: Rule): Queue {
  const queue = target.kind === 'topic' ? target.topic.feedDeadLetterQueue : deadLetterQueueOfTarget(world, target);
  if (queue === null) throw new Error(`The rule ${name} has no dead-letter queue`);
  return queue;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
function deadLetterAttributes(rule: Rule, failure: DeliveryFailure): MessageAttributes {
  const { code, message, condition, retries } = failure;
  const texts = {
    RULE_ARN: rule.arn,
    TARGET_ARN: arnOf(rule.target),
    ERROR_CODE: code,
    ERROR_MESSAGE: message,
    ...(condition === null ? {} : { EXHAUSTED_RETRY_CONDITION: condition }),
    RETRY_ATTEMPTS: String(retries),
  };
  const attribute = (stringValue: string) => ({ dataType: 'String', stringValue, binaryValue: null });
  return new Map(Object.entries(texts).map(([name, text]) => [name, attribute(text)]));
}

function arnOf(target: Rule['target']): string {
  if (target.kind === 'topic') return target.topic.arn;
  return target.kind === 'queue' ? target.queue.arn : target.function.arn;
}

function deliver(world: World, { target }: Rule, { content, event, traceHeader }: Delivered): void {
  switch (target.kind) {
    case 'queue':
      send(world, target.queue, { content, event, traceHeader, senderId: eventBridgeSender });
      return;
    case 'function':
      invokeAsynchronously(world, target.function, { payload: content.body, event, body: content.body });
      return;
    case 'topic':
      publishToTopic(world, target.topic, { content, event, traceHeader });
      return;
    default:
      target satisfies never;
  }
}

/** SenderId of what EventBridge sends; on AWS the id of a role of the service. */
const eventBridgeSender = 'AIDAEVENTBRIDGELOCAL1';
