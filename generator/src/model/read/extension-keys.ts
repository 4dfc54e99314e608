import { editDistance } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { sortBy } from '../order.ts';
import { quote } from '../wording.ts';
import { isObject } from './fields.ts';

type Place =
  | 'document'
  | 'server'
  | 'channel'
  | 'send operation'
  | 'receive operation'
  | 'operation trait'
  | 'message'
  | 'message trait';

const onReceive: readonly Place[] = ['receive operation', 'operation trait'];
const onOperations: readonly Place[] = ['send operation', ...onReceive];

/** Our extensions, and where each may stand. */
export const extensionPlaces: Readonly<Record<string, readonly Place[]>> = {
  'x-alarms': onReceive,
  'x-callers': onReceive,
  'x-claim-check': ['channel'],
  'x-consumer': onReceive,
  'x-delivery': onReceive,
  'x-docs': ['document', 'message', 'message trait'],
  'x-downstreams': onReceive,
  'x-emits': onReceive,
  'x-eventbridge': ['server'],
  'x-fairness': ['channel'],
  'x-filter': onReceive,
  'x-filter-rest': onReceive,
  'x-filter-scope': onReceive,
  'x-filter-unmatched': onReceive,
  'x-gather': onReceive,
  'x-idempotency': onReceive,
  'x-ingress': ['send operation', 'operation trait'],
  'x-infrastructure': ['document'],
  'x-ordering': ['channel'],
  'x-outbox': ['send operation', 'operation trait'],
  'x-service': onOperations,
  'x-split': onReceive,
};

const ours = Object.keys(extensionPlaces);

/** An `x-` key within so many edits of one of ours is taken for a mistake. */
const mistakenWithin = 2;

/** Walks every object where our extensions may stand: reports misspelt ones, and ours where they have no effect. */
export function checkExtensionKeys(root: SpecNode, problems: Diagnostic[]): void {
  const seen = new Set<string>();
  for (const { node, place } of places(root)) {
    if (seen.has(node.identity) || !isObject(node.value)) continue;
    seen.add(node.identity);
    for (const key of Object.keys(node.value)) {
      if (key.startsWith('x-')) checkKey(node, key, place, problems);
    }
  }
}

interface Placed {
  readonly node: SpecNode;
  readonly place: Place;
}

function places(root: SpecNode): readonly Placed[] {
  const below = [root, root.get('components')].flatMap((holder) => [
    ...at('server', children(holder, 'servers')),
    ...children(holder, 'channels').flatMap((node) => [
      { node, place: 'channel' as const },
      ...children(node, 'messages').flatMap(messagePlaces),
    ]),
    ...children(holder, 'operations').flatMap((node) => [
      { node, place: operationPlace(node) },
      ...at('operation trait', children(node, 'traits')),
    ]),
    ...at('operation trait', children(holder, 'operationTraits')),
    ...children(holder, 'messages').flatMap(messagePlaces),
    ...at('message trait', children(holder, 'messageTraits')),
  ]);
  return [{ node: root, place: 'document' }, ...below];
}

function messagePlaces(node: SpecNode): readonly Placed[] {
  return [...at('message', [node]), ...at('message trait', children(node, 'traits'))];
}

function at(place: Place, nodes: readonly SpecNode[]): readonly Placed[] {
  return nodes.map((node) => ({ node, place }));
}

function operationPlace(node: SpecNode): Place {
  const action = node.get('action')?.value;
  return action === 'send' ? 'send operation' : action === 'receive' ? 'receive operation' : 'operation trait';
}

function children(holder: SpecNode | undefined, key: string): readonly SpecNode[] {
  return (holder?.get(key)?.entries() ?? []).map(([, node]) => node);
}

function checkKey(node: SpecNode, key: string, place: Place, problems: Diagnostic[]): void {
  const allowed = Object.hasOwn(extensionPlaces, key) ? extensionPlaces[key] : undefined;
  if (allowed === undefined) {
    const [nearest] = sortBy(ours, (name) => `${editDistance(key, name)}`.padStart(4, '0') + name);
    if (nearest === undefined || editDistance(key, nearest) > mistakenWithin) return;
    const message = `${quote(key)} is no extension of Eventloom and has no effect, but is nearly ${quote(nearest)}.`;
    problems.push(report('extension-typo', node.keyOrigin(key), message, `Did you mean ${quote(nearest)}?`));
  } else if (!allowed.includes(place)) {
    const message = `${quote(key)} has no effect ${where(place)}.`;
    const right = allowed.filter((one) => !one.endsWith(' trait')).map(where);
    problems.push(report('misplaced-extension', node.keyOrigin(key), message, `It belongs ${right.join(' or ')}.`));
  }
}

function where(place: Place): string {
  if (place === 'document') return 'at the root of the document';
  return `on ${place.startsWith('operation') ? 'an' : 'a'} ${place}`;
}
