import { didYouMean } from '@eventloom/engine';
import { type CostOptions, defaultDurationMs } from '../../cost/cost-options.ts';
import { receiversOf } from '../../cost/receivers.ts';
import type { EventModel, EventType } from '../../model/event-model.ts';
import { addressKey } from '../../model/order.ts';
import { toTopology } from '../../model/to-topology.ts';
import { UsageError } from '../../usage-error.ts';

/**
 * Reads what `cost` was called with.
 * @throws {UsageError} with a suggestion when it names what the spec does not have, or a number is none.
 */
export function readCostOptions(options: ReadonlyMap<string, string>, model: EventModel): CostOptions {
  return {
    published: new Map(
      pairsOf(options, 'events').map(([name, text]) => [addressKey(findEvent(name, model)), readAmount(name, text)]),
    ),
    shares: new Map(
      pairsOf(options, 'share').map(([name, text]) => [findConsumer(name, model), readShare(name, text)]),
    ),
    bytes: wholeNumber(options, 'bytes'),
    durationMs: wholeNumber(options, 'duration-ms') ?? defaultDurationMs,
    memoryMb: wholeNumber(options, 'memory'),
    batch: wholeNumber(options, 'batch'),
    environment: options.get('environment') ?? null,
    freeTier: options.has('free-tier'),
  };
}

function pairsOf(options: ReadonlyMap<string, string>, option: string): readonly (readonly [string, string])[] {
  const text = options.get(option);
  if (text === undefined) return [];
  const pairs = text.split(',').map((part) => part.trim());
  return pairs
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.lastIndexOf('=');
      if (equals > 0) return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
      const what = option === 'events' ? 'OrderPlaced=1M' : 'fraud/screenOrder=0.1';
      throw new UsageError('option-value', `--${option} needs pairs such as ${what}, not ${JSON.stringify(pair)}.`);
    });
}

function findEvent(name: string, { catalog }: EventModel): EventType {
  const { events } = catalog;
  const found = events.filter((event) => event.name === name || fullName(event) === name);
  const [event] = found;
  if (event !== undefined && found.length === 1) return event;
  if (event !== undefined) {
    const help = `Write one of ${found.map(fullName).join(', ')}.`;
    throw new UsageError('ambiguous-event', `The spec has ${found.length} events ${JSON.stringify(name)}.`, { help });
  }
  const names = [...new Set(events.map((one) => one.name))];
  throw new UsageError('unknown-event', `The spec has no event ${JSON.stringify(name)}.`, {
    help: didYouMean(name, [...names, ...events.map(fullName)]) || `Events are ${names.join(', ') || 'none'}.`,
  });
}

function fullName({ name, source }: EventType): string {
  return `${name}@${source}`;
}

/** A consumer by its key, or by its name where only one service has it. */
function findConsumer(name: string, model: EventModel): string {
  const keys = receiversOf(toTopology(model)).map(({ key }) => key);
  const found = keys.filter((key) => key === name || key.slice(key.indexOf('/') + 1) === name);
  const [key] = found;
  if (key !== undefined && (found.length === 1 || found.includes(name))) return found.includes(name) ? name : key;
  if (key !== undefined) {
    const help = `Write one of ${found.join(', ')}.`;
    throw new UsageError('ambiguous-consumer', `The spec has ${found.length} consumers ${JSON.stringify(name)}.`, {
      help,
    });
  }
  const names = [...keys, ...keys.map((one) => one.slice(one.indexOf('/') + 1))];
  throw new UsageError('unknown-consumer', `The spec has no consumer ${JSON.stringify(name)}.`, {
    help: didYouMean(name, names) || `Consumers are ${keys.join(', ') || 'none'}.`,
  });
}

const scales: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, b: 1e9 };

function readAmount(name: string, text: string): number {
  const found = /^(\d[\d_]*(?:\.\d+)?)([kmgb]?)$/i.exec(text);
  const amount =
    found === null ? Number.NaN : Number(found[1]?.replaceAll('_', '')) * (scales[(found[2] ?? '').toLowerCase()] ?? 1);
  if (Number.isFinite(amount) && amount <= Number.MAX_SAFE_INTEGER) return Math.round(amount);
  const message = `--events needs an amount such as 250, 900k or 1.5M for ${JSON.stringify(name)}, not ${JSON.stringify(text)}.`;
  throw new UsageError('option-value', message);
}

function readShare(name: string, text: string): number {
  const found = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(text);
  const share = found === null ? Number.NaN : Number(found[1]) / (found[2] === '%' ? 100 : 1);
  if (share >= 0 && share <= 1) return share;
  const message = `--share needs a part from 0 to 1, such as 0.1 or 10%, for ${JSON.stringify(name)}, not ${JSON.stringify(text)}.`;
  throw new UsageError('option-value', message);
}

function wholeNumber(options: ReadonlyMap<string, string>, option: string): number | null {
  const text = options.get(option);
  if (text === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError('option-value', `--${option} needs a whole number from 1, not ${JSON.stringify(text)}.`);
}
