import type { Topology } from '@eventloom/engine';
import { listOf, quote } from '../model/wording.ts';
import type { CostOptions } from './cost-options.ts';
import type { EventFacts } from './event-facts.ts';
import type { Volumes } from './volumes.ts';

interface Assumed {
  readonly topology: Topology;
  readonly events: ReadonlyMap<string, EventFacts>;
  readonly volumes: Volumes;
  readonly options: CostOptions;
}

/** Tells what an estimate takes for granted, in sentences. */
export function assumptionsOf(assumed: Assumed): readonly string[] {
  const { options } = assumed;
  return [
    `Prices are those of us-east-1, without taxes${options.freeTier ? '' : ' and without the free tier (--free-tier)'}. Data that leaves a Region is not counted.`,
    ...volumeTexts(assumed),
    ...sizeTexts(assumed),
    ...shareTexts(assumed),
    `A function runs ${options.durationMs} ms for an event (--duration-ms)${options.memoryMb === null ? '' : `, with ${options.memoryMb} MB of memory`}; nothing fails, so nothing is retried.`,
    options.batch === null
      ? 'Batches are full; where events come slowly they are not, and invocations cost more (--batch).'
      : `A batch has ${options.batch} events.`,
  ];
}

function volumeTexts({ volumes: { volumes, cut }, events }: Assumed): readonly string[] {
  const withBasis = (basis: string) => named(events, ({ key }) => volumes.get(key)?.basis === basis);
  const emitted = withBasis('emitted');
  const none = withBasis('none');
  const scheduled = withBasis('schedule');
  return [
    ...(emitted.length === 0
      ? []
      : [
          `${listOf(emitted)} ${are(emitted)} not given: each event handled makes one of every type that its consumer emits.`,
        ]),
    ...(scheduled.length === 0 ? [] : [`${listOf(scheduled)} come as often as their schedules say.`]),
    ...(none.length === 0
      ? []
      : [
          `${listOf(none)} ${are(none)} not given and nobody emits ${none.length > 1 ? 'them' : 'it'}: none ${are(none)} counted.`,
        ]),
    ...cut.map(
      ({ receiver, event }) =>
        `${quote(receiver)} emits ${quote(event.event.name)}, which it follows from: that loop is counted once.`,
    ),
  ];
}

function sizeTexts({ events, volumes, options }: Assumed): readonly string[] {
  if (options.bytes !== null) return [`A payload has ${options.bytes} bytes.`];
  const used = new Map([...events].filter(([key]) => (volumes.volumes.get(key)?.events ?? 0) > 0));
  const guessed = named(used, ({ payload }) => payload.basis === 'schema');
  const most = 'Sizes are those of the examples in the spec';
  return [
    guessed.length === 0
      ? `${most} (--bytes).`
      : `${most}; of ${listOf(guessed)}, which ${guessed.length > 1 ? 'have' : 'has'} none, what the schema suggests (--bytes).`,
  ];
}

function shareTexts({ volumes: { flows } }: Assumed): readonly string[] {
  const keysOf = (basis: string) => [
    ...new Set(flows.flatMap(({ delivered, receiver }) => (delivered.basis === basis ? [receiver.key] : []))),
  ];
  const weighed = keysOf('schema');
  const guessed = keysOf('assumed');
  return [
    ...(weighed.length === 0
      ? []
      : [
          `What filters let through is estimated as if all values that a schema lists or bounds were equally frequent (--share).`,
        ]),
    ...(guessed.length === 0
      ? []
      : [
          `The schema tells too little about the filter of ${listOf(guessed)}: what cannot be weighed is taken to hold for every second event (--share).`,
        ]),
  ];
}

function named(events: ReadonlyMap<string, EventFacts>, accept: (facts: EventFacts) => boolean): readonly string[] {
  return [...new Set([...events.values()].filter(accept).map(({ event }) => event.name))];
}

function are(names: readonly string[]): string {
  return names.length > 1 ? 'are' : 'is';
}
