/** Where the messages of a dead-letter queue go back to. Told apart by `kind`. */
export type Target =
  | { readonly kind: 'queue'; readonly url: string }
  | { readonly kind: 'function'; readonly name: string }
  | TopicTarget
  | ChannelsTarget;

/** The queues of several channels: an event goes back to the one that carries it. */
export interface ChannelsTarget {
  readonly kind: 'channels';
  readonly queues: readonly {
    readonly url: string;
    /** Names of the events that the consumer takes from it. */
    readonly events: readonly string[];
  }[];
  /** URL of the queue for an event that none or several of them carry; null refuses such an event. */
  readonly otherwise: string | null;
}

/** The topic that a rule feeds: what is published to it reaches all that subscribe to it, as the rule would have. */
export interface TopicTarget {
  readonly kind: 'topic';
  /** Physical name. */
  readonly name: string;
}

/**
 * Returns the URL of the queue that an event came from. Any other could delete it: a queue's event source mapping
 * deletes what its filter does not match.
 * @throws {Error} when the name of the event, null for an unknown one, does not tell.
 */
export function queueOf({ queues, otherwise }: ChannelsTarget, event: string | null): string {
  const carrying = queues.filter(({ events }) => event !== null && events.includes(event));
  const [only, ...others] = carrying;
  if (only !== undefined && others.length === 0) return only.url;
  if (otherwise !== null) return otherwise;
  throw new Error(`${whyUnknown(queues, event, carrying)}: name the queue with --queue-url`);
}

type Carriers = ChannelsTarget['queues'];

function whyUnknown(queues: Carriers, event: string | null, carrying: Carriers): string {
  if (event === null) return `the message does not name its event, which may belong to ${namesOf(queues)}`;
  return carrying.length === 0
    ? `the consumer takes no ${event} from ${namesOf(queues)}`
    : `${event} may have come from ${namesOf(carrying)}`;
}

const namesOf = (queues: Carriers): string => queues.map(({ url }) => nameOf(url)).join(' or ');

/** The name at the end of a queue's URL. */
export const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** Tells whether a queue, given by name or URL, keeps the order of groups. */
export const isFifo = (url: string): boolean => url.endsWith('.fifo');
