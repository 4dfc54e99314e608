import { type JsonValue, matchRuleSet } from '@eventloom/engine';
import { closeDelivery } from '../accounting/ledger.ts';
import { nextUuid } from '../random.ts';
import { invokeAsynchronously } from './asynchronous.ts';
import { type Caller, causesOf, publisherOf } from './caller.ts';
import { type Content, createContent, type MessageAttributes } from './content.ts';
import { type DeliveryFailure, deliverOver, reasonOf } from './deliver.ts';
import { type EventEnvelope, eventEnvelope } from './envelopes.ts';
import { announce, publish, send, subject } from './queue.ts';
import { handOver } from './subscribers/hand-over.ts';
import { sendToReader } from './subscribers/send-to-reader.ts';
import { deadLetterQueueOfTarget, publishToTopic, subscribersOf } from './topic.ts';
import type { Bus, LambdaFunction, Queue, Rule, World } from './world.ts';

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
  route(world, bus, { envelope, event, traceHeader: entry.traceHeader });
  return id;
}

interface Routed extends Pick<Delivered, 'event' | 'traceHeader'> {
  readonly envelope: EventEnvelope;
  readonly isForwarded?: true;
}

function route(world: World, bus: Bus, { envelope, ...routed }: Routed): void {
  const matching = matchRuleSet(bus.rules, envelope);
  if (matching.length === 0) return;
  const content = createContent(JSON.stringify(envelope));
  for (const rule of matching) deliverTo(world, rule, { content, ...routed });
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
  /** Set on an event that comes from another bus. */
  readonly isForwarded?: true;
}

function deliverTo(world: World, rule: Rule, delivered: Delivered): void {
  const { content, event } = delivered;
  if (delivered.isForwarded && isBus(rule)) {
    dropForwarded(world, rule, event);
    return;
  }
  const giveUp = (failure: DeliveryFailure) => {
    send(world, deadLetterQueueOf(world, rule), {
      content: createContent(content.body, deadLetterAttributes(rule, failure)),
      event,
      senderId: eventBridgeSender,
      reason: reasonOf({ kind: 'rule' }, failure),
      deadLetteredBy: 'rule',
    });
  };
  deliverOver(world, {
    kind: 'rule',
    event,
    consumers: consumersOf(rule, content),
    // A rule cannot say the group of a message, so nothing behind it is FIFO.
    fifo: false,
    deliver: () => deliver(world, rule, { ...delivered, giveUp }),
    giveUp,
  });
}

function isBus({ target }: Rule): boolean {
  return target.kind === 'subscriber' && target.function.end?.subscriber.delivery.type === 'bus';
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html */
function dropForwarded(world: World, { target }: Rule, event: number): void {
  if (target.kind !== 'subscriber') return;
  const { index } = target.function;
  const reason = 'EventBridge takes no event that comes from another bus to a third';
  announce(world, index, event);
  closeDelivery(world.ledger, event, index, { outcome: 'lost', reason });
  world.journal.add(world.scheduler.now(), { kind: 'lost', ...subject(world, event, index), reason });
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

function deliver(
  world: World,
  { target }: Rule,
  { content, event, traceHeader, giveUp }: Delivered & { giveUp(failure: DeliveryFailure): void },
): void {
  switch (target.kind) {
    case 'queue':
      sendToReader(world, target.queue, { content, event, traceHeader, senderId: eventBridgeSender });
      return;
    case 'function':
      invokeAsynchronously(world, target.function, { payload: content.body, event, body: content.body });
      return;
    case 'topic':
      publishToTopic(world, target.topic, { content, event, traceHeader });
      return;
    case 'subscriber': {
      handOver(world, target.function, {
        ...{ hop: 'rule', event, content, giveUp },
        ...{ to: null, document: null },
        taken: () => forward(world, target.function, { content, event, traceHeader }),
      });
      return;
    }
    default:
      target satisfies never;
  }
}

/** Routes an event on another bus of the system, where that is what the subscriber delivers to. */
function forward(world: World, { end }: LambdaFunction, { content, event, traceHeader }: Delivered): void {
  if (end === undefined || end.onward === null) return;
  const envelope = JSON.parse(content.body) as EventEnvelope;
  route(world, end.onward, { envelope, event, traceHeader, isForwarded: true });
}

/** SenderId of what EventBridge sends; on AWS the id of a role of the service. */
const eventBridgeSender = 'AIDAEVENTBRIDGELOCAL1';
