import type { Subscriber } from '@eventloom/engine';
import type { Reception } from '../../targets.ts';
import type { Content } from '../content.ts';
import { subject } from '../queue.ts';
import type { LambdaFunction, World } from '../world.ts';

/** What comes out of a rule or a subscription. */
export interface Carried {
  /** Number of the event in the ledger. */
  readonly event: number;
  /** The envelope of EventBridge, or the message of a topic. */
  readonly content: Content;
  /** The address or number that a subscription is for; null for any other target. */
  readonly to: string | null;
  /** The message in the document of SNS; null when nobody would put it there. */
  readonly document: (() => string) | null;
}

/** Returns what the target of a subscriber gets of what comes out of a rule or a subscription. */
export function receptionOf(world: World, target: LambdaFunction, carried: Carried): Reception {
  const subscriber = subscriberOf(target);
  const body = bodyOf(subscriber, carried);
  const content = parse(body);
  return {
    event: subject(world, carried.event, target.index).event,
    at: new Date(world.scheduler.now()),
    body,
    content,
    to: carried.to,
    attributes: subscriber.delivery.type === 'none' ? attributesOf(carried.content) : {},
    partitionKey: partitionKeyOf(subscriber, content),
  };
}

/** Takes note of what a target has got; the latest are kept. */
export function keepReception(world: World, target: LambdaFunction, reception: Reception): void {
  if (target.end === undefined) return;
  const { receptions, limit } = target.end;
  receptions.push({ ...reception, at: new Date(world.scheduler.now()) });
  // Dropping in blocks keeps adding at constant cost.
  if (receptions.length > 2 * limit) receptions.splice(0, receptions.length - limit);
}

function subscriberOf({ end, name }: LambdaFunction): Subscriber {
  if (end === undefined) throw new Error(`${name} is no subscriber`);
  return end.subscriber;
}

function bodyOf({ delivery }: Subscriber, { content, document }: Carried): string {
  switch (delivery.type) {
    case 'workflow':
      return delivery.input === 'payload' ? detailOf(content) : content.body;
    case 'endpoint':
      return delivery.body === 'payload' ? detailOf(content) : content.body;
    case 'http':
      return delivery.raw || document === null ? content.body : document();
    default:
      return content.body;
  }
}

function detailOf({ body }: Content): string {
  return JSON.stringify((JSON.parse(body) as { readonly detail: unknown }).detail);
}

function partitionKeyOf({ delivery }: Subscriber, content: unknown): string | null {
  if (delivery.type !== 'stream' || delivery.kind !== 'kinesis') return null;
  const { id, detail } = Object(content) as { readonly id?: unknown; readonly detail?: unknown };
  if (delivery.partitionKey === null) return String(id);
  const value = delivery.partitionKey
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((within, part) => Object(within)[part], detail);
  return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}

function attributesOf({ attributes }: Content): Record<string, string> {
  return Object.fromEntries(
    [...attributes].map(([name, { stringValue, binaryValue }]) => [name, stringValue ?? binaryValue ?? '']),
  );
}

/** Returns what a text says as JSON, else the text. */
export function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
