import type { JsonValue } from '@eventloom/engine';
import fc from 'fast-check';
import { filterHints } from '../support/filter-hints.ts';
import { payloadsOf } from '../support/payloads.ts';
import type { Domain } from './domain.ts';

/** An event to be published. */
export interface ProbeEvent {
  readonly name: string;
  readonly source: string;
  /** Key of the channel, by which `route` tells two events of one name apart. */
  readonly channel: string;
  readonly payload: JsonValue;
}

/** Makes valid events of every type of a domain, `count` at least, from a seed. Filters find something in them. */
export function makeEvents(
  { model, topology }: Pick<Domain, 'model' | 'topology'>,
  count: number,
  seed: number,
): readonly ProbeEvent[] {
  const hints = filterHints(topology);
  const { events, messages } = model.catalog;
  const each = Math.ceil(count / events.length);
  return events.flatMap(({ name, source, channel, message }, index) => {
    const schema = messages.find(({ typeName }) => typeName === message)?.payload;
    if (schema === undefined) throw new Error(`there is no message ${message}`);
    const payloads = fc.sample(payloadsOf(schema, hints), { numRuns: each, seed: seed + index });
    return payloads.map((payload) => ({ name, source, channel, payload }));
  });
}
