import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import type { EventModel } from '../model/event-model.ts';
import { kebabCase } from '../model/names.ts';
import { canonicalText } from '../model/schema/json.ts';
import { needsRule } from '../model/subscribers/route-rules.ts';
import { listOf, quote } from '../model/wording.ts';
import type { Rule } from './rule.ts';
import { type Selection, selections } from './selections.ts';

/** Proposes a topic where more consumers take the same events from a bus than one rule has room for. */
export const fanOut: Rule = (model) => {
  const groups = new Map<string, Selection[]>();
  const all = selections(model);
  const bound = channelsOfRules(all);
  for (const selection of all) {
    if (selection.route.kind !== 'eventbridge' || bound.has(selection.operation.channel)) continue;
    const { bus, eventPattern } = selection.route;
    const key = JSON.stringify([bus, canonicalText(eventPattern)]);
    groups.set(key, [...(groups.get(key) ?? []), selection]);
  }
  return [...groups.values()]
    .filter((group) => group.length > limits.targetsPerRule.value)
    .map((group) => told(group, model));
};

function told(group: readonly Selection[], model: EventModel): Diagnostic {
  const [first] = group as readonly [Selection, ...Selection[]];
  const names = listOf([...new Set(first.route.events.map(({ name }) => name))]);
  const rules = `${group.length} rules with one pattern bring ${names} to ${group.length} consumers`;
  const message = `${rules}; one rule could have ${limits.targetsPerRule.value} targets at most.`;
  return report('fan-out-proposed', first.operation.origin, message, fanOutAdvice(first, model));
}

/** Channels from which something receives that rules alone lead to: a topic in their place would break it. */
export function channelsOfRules(all: readonly Selection[]): ReadonlySet<string> {
  const bound = all.filter(({ consumer }) => needsRule(consumer.wiring.delivery));
  return new Set(bound.map(({ operation }) => operation.channel));
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
