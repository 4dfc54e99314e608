/** The events of the parcel service, and what several of its parts say of them. */

export const claimed = { claimCheck: { aboveBytes: 200_000, keep: ['/parcel'] } };

export const collected = { name: 'ParcelCollected', source: 'parcel.depot' };
export const lost = { name: 'ParcelLost', source: 'parcel.depot' };
export const scanned = { name: 'ParcelScanned', source: 'parcel.scans' };
export const booked = { name: 'SlotBooked', source: 'slot-bookings' };
export const printed = { name: 'LabelWanted', source: 'labels' };
export const torn = { name: 'LabelTorn', source: 'torn-labels' };
export const moved = { name: 'VanMoved', source: 'van-moves.fifo' };

export const returned = { name: 'ParcelReturned', source: 'returns.fifo' };

export const scanFeed = { source: ['parcel.scans'], 'detail-type': ['ParcelScanned'] };
