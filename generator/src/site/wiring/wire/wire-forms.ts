import type { EventType } from '../../../model/event-model.ts';
import type { SiteContext } from '../../site-context.ts';
import type { EventExample, WireForm } from '../../site-model.ts';
import type { Reception } from '../receptions.ts';
import { callForms } from './call-form.ts';
import { wireEvent } from './carried.ts';
import { claimForms } from './claim-form.ts';
import { publishedForms } from './published-form.ts';
import { receivedForm } from './received-form.ts';

/** What the forms are made of. */
export interface WireSource {
  readonly receptions: readonly Reception[];
  readonly examples: readonly EventExample[];
}

/** Bytes of an example that the forms may repeat; of a larger one the smallest example is shown. */
const shownBytes = 2_000;

/**
 * What arrives where an event is received: the form on its destination first, then one for each (route, delivery) in use,
 * sorted by anchor. None without a valid example.
 */
export function wireForms(
  context: SiteContext,
  event: EventType,
  { receptions, examples }: WireSource,
): readonly WireForm[] {
  const example = exampleOf(examples);
  if (example === undefined) return [];
  const wire = wireEvent(event, context.messages.get(event.message)?.headers ?? [], example.payload);
  const forms = receptions.map((reception) => {
    const consumer = context.paths.consumer(event, reception.receiver.wiring.service, reception.route.operation);
    return { ...receivedForm(context, reception, wire), consumers: [consumer] };
  });
  return [
    ...publishedForms(context, wire),
    ...merged(forms),
    ...callForms(context, receptions, wire),
    ...claimForms(wire),
  ];
}

function exampleOf(examples: readonly EventExample[]): EventExample | undefined {
  const smallest = examples.find(({ origin }) => origin === 'smallest');
  const [first] = examples.filter(({ origin, bytes }) => origin === 'spec' && bytes <= shownBytes);
  return first ?? smallest ?? examples[0];
}

/** One form for all who get it so. Names of queues differ; those of the first stand for all. */
function merged(forms: readonly WireForm[]): readonly WireForm[] {
  const byAnchor = new Map<string, WireForm>();
  for (const form of forms) {
    const known = byAnchor.get(form.anchor);
    byAnchor.set(
      form.anchor,
      known === undefined ? form : { ...known, consumers: [...known.consumers, ...form.consumers] },
    );
  }
  return [...byAnchor.values()].sort((a, b) => (a.anchor < b.anchor ? -1 : 1));
}
