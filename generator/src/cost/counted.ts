import type { Flow } from './volumes.ts';

/** Events of one flow in a month. */
export interface Counted {
  readonly flow: Flow;
  /** Published. */
  readonly published: number;
  /** Let through by the route. */
  readonly delivered: number;
  /** Handled. */
  readonly handled: number;
}

/** Events let through by the routes. */
export function deliveredOf(counted: readonly Counted[]): number {
  return total(counted.map(({ delivered }) => delivered));
}

/** Events handled. */
export function handledOf(counted: readonly Counted[]): number {
  return total(counted.map(({ handled }) => handled));
}

/** Bytes of what the routes deliver. */
export function deliveredBytes(counted: readonly Counted[]): number {
  return total(counted.map(({ flow, delivered }) => delivered * messageBytes(flow)));
}

/** Bytes of a message on average; behind a bus it is the whole envelope. */
export function meanBytes(counted: readonly Counted[]): number {
  const events = total(counted.map(({ published }) => published));
  return events === 0 ? 1 : total(counted.map(({ flow, published }) => published * messageBytes(flow))) / events;
}

/** Adds numbers up. */
export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function messageBytes({ route, event }: Flow): number {
  return route.kind === 'eventbridge' || route.kind === 'eventbridge-sns' ? event.envelopeBytes : event.sentBytes;
}
