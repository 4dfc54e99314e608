import type { FaultRates, Outage } from '@eventloom/local';
import type { Chance } from './chance.ts';

/** How often each fault happens, before the seed makes it up to twice as frequent, or rare. */
const usual: FaultRates = {
  putEventsThrottled: 0.02,
  putEventsEntryFails: 0.05,
  batchEntryFails: 0.05,
  requestFails: 0.005,
  connectionResets: 0.005,
  connectionResetsAfterAcceptance: 0.01,
  storeFails: 0.01,
  deadLetterSendFails: 0.2,
  ruleDeliveryFails: 0.02,
  ruleDeliveryNeverSucceeds: 0.002,
  ruleDeliveryForbidden: 0.002,
  subscriptionDeliveryFails: 0.02,
  subscriptionDeliveryNeverSucceeds: 0.002,
  subscriptionDeliveryForbidden: 0.002,
  deliveryDuplicated: 0.02,
  messageDelayed: 0.05,
  messageRedelivered: 0.02,
  handlerCrashes: 0.03,
  handlerTimesOut: 0.02,
  handlerRunsTwice: 0.04,
};

/** The rates of a seed. */
export function ratesOf({ draw }: Chance): FaultRates {
  return Object.fromEntries(Object.entries(usual).map(([kind, rate]) => [kind, rate * 2 * draw('rate', kind)]));
}

const services = ['dynamodb', 's3', 'events', 'sns', 'sqs'] as const;

/** Each service is out of order twice, for up to 40 seconds, at times of the seed. */
export function outagesOf({ between }: Chance): readonly Outage[] {
  return [1, 2].flatMap((number) =>
    services.map((service) => ({
      service,
      afterSeconds: between(20, 700, 'outage', service, number),
      forSeconds: between(5, 40, 'length', service, number),
    })),
  );
}

/** The downstream of `makePayment`, which is out of order for a while. */
export interface Clearing {
  /** Throws while it is out of order. */
  pay(): void;
  /** Calls while it was out of order. */
  readonly callsInVain: number;
}

/** Makes the downstream; `seconds` is how long the system runs. */
export function clearingOf({ between }: Chance, seconds: () => number): Clearing {
  const from = between(60, 300, 'clearing');
  const until = from + between(150, 250, 'clearing for');
  let callsInVain = 0;
  return {
    pay: () => {
      if (seconds() < from || seconds() >= until) return;
      callsInVain++;
      throw new Error('The clearing house is closed');
    },
    get callsInVain() {
      return callsInVain;
    },
  };
}
