import { compilePattern } from '@eventloom/engine';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { addressKey, sortBy } from '../model/order.ts';
import { quote } from '../model/wording.ts';
import { type Edge, loopsOf } from './event-loops.ts';
import { isNever, readsAttributes, type SpacesOf, spacesOfMessages } from './filter-subject.ts';
import type { Rule } from './rule.ts';
import { type Selection, selections } from './selections.ts';

/** From an event to one that its consumer may emit. */
interface Step extends Edge {
  readonly selection: Selection;
  readonly received: string;
  readonly emitted: string;
}

/**
 * Reports events that lead back to themselves through what consumers emit. A filter breaks a loop when it is proven that
 * no valid event passes it; what a handler decides is not known here.
 */
export const eventLoop: Rule = (model) => {
  const spacesOf = spacesOfMessages();
  const steps = selections(model).flatMap((selection) => stepsOf(selection, spacesOf));
  const sorted = sortBy(steps, ({ from, to, selection }) => JSON.stringify([from, selection.consumer.wiring.key, to]));
  return loopsOf(sorted).map(told);
};

function stepsOf(selection: Selection, spacesOf: SpacesOf): readonly Step[] {
  const { emits } = selection.consumer.wiring;
  const received = selection.route.events.filter(({ name }) => mayPass(selection, name, spacesOf));
  return received.flatMap((event) =>
    emits.map((emit) => ({
      from: addressKey(event),
      to: addressKey(emit),
      received: event.name,
      emitted: emit.name,
      selection,
    })),
  );
}

/** What cannot be judged may pass: attributes of a message may say other things than its payload. */
function mayPass(selection: Selection, name: string, spacesOf: SpacesOf): boolean {
  const { filter } = selection.operation;
  const message = selection.messages.find((one) => one.name === name);
  if (message === undefined || filter === null || readsAttributes({ ...selection, filter })) return true;
  const compiled = compilePattern(filter);
  if (!compiled.ok) return true;
  return !isNever(spacesOf(message).space, compiled.pattern.branches);
}

function told(loop: readonly Step[]): Diagnostic {
  const [first, ...others] = loop as readonly [Step, ...Step[]];
  const path = loop.flatMap(({ received, selection }) => [received, selection.consumer.wiring.key]);
  const message = `${quote(first.received)} leads back to itself: ${[...path, first.received].join(' -> ')}.`;
  const related = others.map(({ received, emitted, selection }) => ({
    message: `${quote(received)} comes here, and ${quote(emitted)} may follow`,
    origin: selection.operation.origin,
  }));
  return report('event-loop', first.selection.operation.origin, message, undefined, related);
}
