import { type JsonValue, matchRuleSet } from '@eventloom/engine';
import { nextUuid } from '../random.ts';
import { invokeAsynchronously } from './asynchronous.ts';
import { type Caller, causesOf, publisherOf } from './caller.ts';
import { createContent } from './content.ts';
import { eventEnvelope } from './envelopes.ts';
import { publish, send } from './queue.ts';
import { publishToTopic } from './topic.ts';
import type { Bus, Rule, World } from './world.ts';

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
    causes: causesOf(caller),
  });
  const matching = matchRuleSet(bus.rules, envelope);
  if (matching.length === 0) return id;
  const content = createContent(JSON.stringify(envelope));
  for (const rule of matching) deliver(world, rule, { content, event, traceHeader: entry.traceHeader });
  return id;
}

interface Delivered {
  readonly content: ReturnType<typeof createContent>;
  readonly event: number;
  readonly traceHeader: string | null;
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
