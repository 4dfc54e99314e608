/** What an event of the suite is about. */
export interface Item {
  /** `<kind>-<number>`, of a payment `salaries-<number>/<index>`. */
  readonly id: string;
  readonly account: string;
  readonly amount: number;
}

/** What is published from outside. */
export type Kind = 'transfer' | 'line' | 'movement' | 'payout' | 'entry' | 'salaries';

/** An item and what is wrong with its event. */
export interface Case {
  readonly kind: Kind;
  readonly item: Item;
  /** Payments of salaries; none otherwise. */
  readonly payments: readonly Item[];
  /**
   * `invalid`: its schema refuses it; `unchecked`: that too, but its publisher does not look. A stranger sends what is
   * `malformed`, no JSON, or `foreign`, of a type that nobody receives.
   */
  readonly flaw: 'none' | 'invalid' | 'unchecked' | 'malformed' | 'foreign';
}

/** A consumer as the suite knows it, apart from what is generated. */
export interface Consumer {
  readonly key: string;
  /** The event that it receives. */
  readonly event: string;
  /** Null takes everything. */
  readonly filter: ((item: Item) => boolean) | null;
  /** It has a business key: it takes effect once. */
  readonly once: boolean;
  readonly fifo: boolean;
}

const plain = { filter: null, once: false, fifo: false } as const;

/** What each event that comes from outside is called. */
export const eventOf: Readonly<Record<Kind, string>> = {
  transfer: 'TransferRequested',
  line: 'LinePrinted',
  movement: 'MoneyMoved',
  payout: 'PayoutRequested',
  entry: 'EntryPosted',
  salaries: 'SalariesDue',
};

export const gatherer = 'payroll/reportSalaries';
export const payer = 'payroll/makePayment';

/** All consumers of the bank. */
export const consumers: readonly Consumer[] = [
  { ...plain, key: 'ledger/bookTransfer', event: 'TransferRequested', once: true },
  { ...plain, key: 'risk/screenTransfer', event: 'TransferRequested', filter: ({ amount }) => amount >= 500 },
  { ...plain, key: 'archive/keepBooking', event: 'TransferBooked', once: true },
  { ...plain, key: 'audit/noteBooking', event: 'TransferBooked', filter: ({ amount }) => amount >= 800 },
  { ...plain, key: 'mail/mailLine', event: 'LinePrinted' },
  { ...plain, key: 'push/pushLine', event: 'LinePrinted', filter: ({ amount }) => amount < 300 },
  { ...plain, key: 'accounts/applyMovement', event: 'MoneyMoved', once: true, fifo: true },
  { ...plain, key: 'cashier/payOut', event: 'PayoutRequested', once: true },
  { ...plain, key: 'books/keepEntry', event: 'EntryPosted', fifo: true },
  { ...plain, key: 'payroll/splitSalaries', event: 'SalariesDue' },
  { ...plain, key: payer, event: 'PaymentOrdered', once: true },
  { ...plain, key: gatherer, event: 'PaymentMade' },
];

/** The id of the first item in a text, such as the body of a message; undefined when it is about none. */
export function itemIn(text: string): string | undefined {
  return /(?:transfer|line|movement|payout|entry|salaries)-\d+(?:\/\d+)?/.exec(text)?.[0];
}

/** The salaries of a payment. */
export const salariesOf = (payment: string): string => payment.slice(0, payment.indexOf('/'));

/** The number of an item: items of one kind are published in its order. */
export const numberOf = (id: string): number => Number(id.slice(id.indexOf('-') + 1));
