/** A third party that is out of order for a while. It counts who calls. */
export const bank: { isDown: boolean; calls: number; charge(booking: string): Promise<string> } = {
  isDown: true,
  calls: 0,
  async charge(booking) {
    bank.calls++;
    if (bank.isDown) throw new Error('503 Service Unavailable');
    return `receipt of ${booking}`;
  },
};
