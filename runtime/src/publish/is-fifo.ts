/** The names of FIFO topics and queues, and no others, end so. */
export function isFifo(address: string): boolean {
  return address.endsWith('.fifo');
}
