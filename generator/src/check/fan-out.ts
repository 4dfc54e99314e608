import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { EventModel } from '../model/event-model.ts';
import { kebabCase } from '../model/names.ts';
import { canonicalText } from '../model/schema/json.ts';
import { listOf, quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { type Selection, selections } from './selections.ts';

/** Proposes a topic where more consumers take the same events from a bus than one rule has room for. */
export const fanOut: Rule = (model) => {
  const groups = new Map<string, Selection[]>();
  for (const selection of movable(selections(model))) {
    if (selection.route.kind !== 'eventbridge') continue;
    const { bus, eventPattern } = selection.route;
    const key = JSON.stringify([bus, canonicalText(eventPattern)]);
    groups.set(key, [...(groups.get(key) ?? []), selection]);
  }
  return [...groups.values()]
    .filter((group) => group.length > limits.targetsPerRule.value)
    .map((group) => told(group, model));
};

/** Leaves out channels with a consumer that no topic leads to. */
export function movable(all: readonly Selection[]): readonly Selection[] {
  const fixed = new Set(all.filter(needsBus).map(({ operation }) => operation.channel));
  return all.filter(({ operation }) => !fixed.has(operation.channel));
}

function needsBus({ consumer }: Selection): boolean {
  const { delivery } = consumer.wiring;
  if (delivery.type === 'stream') return delivery.kind === 'kinesis';
  return ['workflow', 'bus', 'endpoint', 'log'].includes(delivery.type);
}

function told(group: readonly Selection[], model: EventModel): Diagnostic {
  const [first] = group as readonly [Selection, ...Selection[]];
  const names = listOf([...new Set(first.route.events.map(({ name }) => name))]);
  const rules = `${group.length} rules with one pattern bring ${names} to ${group.length} consumers`;
  const message = `${rules}; one rule could have ${limits.targetsPerRule.value} targets at most.`;
  return report('fan-out-proposed', first.operation.origin, message, fanOutAdvice(first, model));
}

/** The channel of a selection as it would be written with a topic behind its bus, and what that means. */
export function fanOutAdvice({ operation, route }: Selection, { system }: EventModel): string {
  const { channel } = operation;
  const server = route.kind === 'eventbridge' ? route.bus.slice('bus:'.length) : '';
  const name = freeName(
    kebabCase(channel),
    system.destinations.flatMap((one) => (one.kind === 'topic' ? [one.name] : [])),
  );
  const fields = `servers: [{ $ref: '#/servers/${server}' }], bindings: { sns: { name: ${name} } }`;
  return `Let the bus hand the channel to a topic: write \`${fields}\` on channel ${quote(channel)}. It then takes one rule, each consumer a subscription, and filters become filter policies. SNS charges for each event handed over.`;
}

/** The topic's name must be free: two channels may look alike in kebab-case. */
function freeName(name: string, taken: readonly string[]): string {
  return taken.includes(name) ? `${name}-fan-out` : name;
}
