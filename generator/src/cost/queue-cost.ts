import { limits, monthSeconds, type PriceId } from '@eventloom/engine';
import { type CostLine, charge, chunksOf } from './cost-line.ts';

/** What a queue carries in a month. */
export interface QueueWork {
  readonly fifo: boolean;
  /** True where the queue shares itself among message groups. */
  readonly fair: boolean;
  /** Messages sent to it by AWS; those that a publisher sends are paid with the event. */
  readonly sent: number;
  readonly received: number;
  /** Of a message. */
  readonly bytes: number;
  /** Messages of a batch. */
  readonly batch: number;
}

/** The positions of a queue behind an event source mapping or a pipe: messages sent, received, deleted. */
export function queueCost({ fifo, fair, sent, received, bytes, batch }: QueueWork): readonly CostLine[] {
  const price = requestPrice(fifo);
  const sends = sent * chunksOf(bytes);
  const reads = receives({ received, bytes, batch });
  const deletes = (received / batch) * Math.ceil(batch / limits.receiveMessages.value);
  return [
    ...charge(price, sends, 'queue: messages sent'),
    ...charge(price, reads, 'queue: receives'),
    ...charge(price, deletes, 'queue: deletes'),
    ...(fair ? charge('queueFairRequests', sends + reads, 'queue: fairness') : []),
  ];
}

/** Pollers that an event source mapping keeps while nothing comes. */
const idlePollers = 5;

/** The receives of a mapping that find nothing: its pollers ask all the time, and wait as long as SQS lets them. */
export function idleCost(fifo: boolean, receivesWithMessages: number): readonly CostLine[] {
  const polls = (idlePollers * monthSeconds) / limits.receiveWaitSecondsMaximum.value;
  return charge(requestPrice(fifo), Math.max(0, polls - receivesWithMessages), 'queue: idle polling');
}

/** How many receives bring the messages of a month, each billed by its size. */
export function receives({ received, bytes, batch }: Pick<QueueWork, 'received' | 'bytes' | 'batch'>): number {
  const most = limits.receiveMessages.value;
  const full = Math.floor(batch / most);
  const rest = batch - full * most;
  const ofBatch = full * chunksOf(most * bytes) + (rest > 0 ? chunksOf(rest * bytes) : 0);
  return (received / batch) * ofBatch;
}

function requestPrice(fifo: boolean): PriceId {
  return fifo ? 'queueFifoRequests' : 'queueRequests';
}
