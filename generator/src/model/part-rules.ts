import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { ReceiveDeclaration } from './declarations.ts';
import { readsFifo } from './deliveries.ts';
import { sourceOf } from './events.ts';
import { addressKey } from './order.ts';
import { quote } from './wording.ts';

/** The operations of one consumer. */
type Group = readonly ReceiveDeclaration[];

/**
 * Reports consumers that gather events which come of no split in this spec. Silent where an `x-split` has a mistake of
 * its own: that is told, and correcting it may be all there is to do.
 */
export function checkParts(receives: readonly ReceiveDeclaration[], problems: Diagnostic[]): void {
  const consumers = [...byConsumer(receives).values()];
  if (consumers.some((group) => group.some(meansToSplit) && (!splits(group) || published(group).length === 0))) return;
  const parts = carriersOf(consumers);
  for (const group of consumers) {
    const [gather] = group.flatMap((operation) => operation.gather ?? []);
    if (gather === undefined || !canGather(group)) continue;
    if (received(group).some((event) => parts.has(event))) continue;
    const [name = ''] = group.flatMap(({ messages }) => messages.map((message) => message.name));
    const message = `\`x-gather\` gathers ${quote(name)}, which comes of no \`x-split\`.`;
    problems.push(report('gather-without-split', gather.origin, message));
  }
}

/** Gathering that is not possible is told as that. */
function canGather(group: Group): boolean {
  const isDirect = group.some(({ delivery }) => delivery.get('type')?.value === 'function');
  return !isDirect && !splits(group) && !group.some(readsFifo) && new Set(received(group)).size === 1;
}

/**
 * The events that carry a place in a split, by {@link addressKey}: what a consumer splits into, and what handlers of such
 * events publish, up to where they are gathered.
 */
export function partsOf(receives: readonly ReceiveDeclaration[]): ReadonlySet<string> {
  return carriersOf([...byConsumer(receives).values()]);
}

function carriersOf(consumers: readonly Group[]): ReadonlySet<string> {
  const parts = new Set<string>();
  let before = -1;
  while (parts.size > before) {
    before = parts.size;
    for (const group of consumers) {
      const carriesOn =
        group.every(({ gather }) => gather === null) && received(group).some((event) => parts.has(event));
      if (splits(group) || carriesOn) for (const event of published(group)) parts.add(event);
    }
  }
  return parts;
}

function byConsumer(receives: readonly ReceiveDeclaration[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const operation of receives) {
    const key = `${operation.service}/${operation.consumer}`;
    groups.set(key, [...(groups.get(key) ?? []), operation]);
  }
  return groups;
}

function meansToSplit({ node }: ReceiveDeclaration): boolean {
  return node.get('x-split') !== undefined;
}

function splits(group: Group): boolean {
  return group.some(({ split }) => split !== null);
}

function received(group: Group): readonly string[] {
  return group.flatMap(({ messages, channel }) =>
    messages.map(({ name }) => addressKey({ name, source: sourceOf(channel) })),
  );
}

function published(group: Group): readonly string[] {
  return group.flatMap(({ emits }) =>
    emits.map(({ channel, message }) => addressKey({ name: message.name, source: sourceOf(channel) })),
  );
}
