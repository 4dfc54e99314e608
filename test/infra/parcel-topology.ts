import type { Consumer, EventAddress, Outbox, QueueDelivery, Topology } from '@eventloom/engine';

const queueDelivery: QueueDelivery = {
  type: 'queue',
  batchSize: 10,
  batchingWindowSeconds: 0,
  maxConcurrency: null,
  maxReceiveCount: 5,
  visibilityTimeoutSeconds: 180,
  fifo: false,
  timeoutSeconds: 30,
  memoryMb: 256,
  onInvalid: 'deadLetter',
};

function consumer(part: Pick<Consumer, 'key' | 'constructId' | 'routes'> & Partial<Consumer>): Consumer {
  const [service = '', name = ''] = part.key.split('/');
  return {
    service,
    consumer: name,
    description: null,
    handler: part.key,
    delivery: queueDelivery,
    emits: [],
    idempotency: null,
    ...part,
  };
}

function outbox(service: string, publishes: readonly EventAddress[]): Outbox {
  const key = `${service}/outbox-relay`;
  return {
    ...{ key, handler: key, publishes },
    ...{ batchSize: 50, timeoutSeconds: 40, memoryMb: 192, maxRecordAgeSeconds: 80_000 },
  };
}

const claimed = { claimCheck: { aboveBytes: 200_000, keep: ['/parcel'] } };

const collected = { name: 'ParcelCollected', source: 'parcel.depot' };
const lost = { name: 'ParcelLost', source: 'parcel.depot' };
const scanned = { name: 'ParcelScanned', source: 'parcel.scans' };
const booked = { name: 'SlotBooked', source: 'slot-bookings' };
const printed = { name: 'LabelWanted', source: 'labels' };
const moved = { name: 'VanMoved', source: 'van-moves.fifo' };

const returned = { name: 'ParcelReturned', source: 'returns.fifo' };

const scanFeed = { source: ['parcel.scans'], 'detail-type': ['ParcelScanned'] };

/** A parcel service, written by hand: every kind of destination, route and delivery once. */
export const parcelTopology: Topology = {
  system: 'parcel',
  claimBucket: { expireDays: 45 },
  destinations: [
    {
      kind: 'bus',
      key: 'bus:parcel',
      constructId: 'ParcelBus',
      name: 'parcel',
      environmentVariable: 'EVENTLOOM_BUS_PARCEL',
      description: 'All events of the depots.',
      archive: { retentionDays: 14 },
    },
    {
      kind: 'bus',
      key: 'bus:partners',
      constructId: 'PartnersBus',
      name: 'partners',
      environmentVariable: 'EVENTLOOM_BUS_PARTNERS',
      description: null,
      archive: null,
    },
    {
      kind: 'queue',
      key: 'queue:labels',
      constructId: 'LabelsQueue',
      name: 'labels',
      environmentVariable: 'EVENTLOOM_QUEUE_LABELS',
      description: null,
      fifo: false,
      contentBasedDeduplication: false,
      ordering: null,
      maxReceiveCount: 7,
      visibilityTimeoutSeconds: 90,
      deliveryDelaySeconds: 0,
      retentionSeconds: 86_400,
    },
    {
      kind: 'queue',
      key: 'queue:returns',
      constructId: 'ReturnsQueue',
      name: 'returns.fifo',
      environmentVariable: 'EVENTLOOM_QUEUE_RETURNS',
      description: null,
      fifo: true,
      contentBasedDeduplication: true,
      ordering: { key: '/parcel' },
      maxReceiveCount: 5,
      visibilityTimeoutSeconds: 180,
      deliveryDelaySeconds: 60,
      retentionSeconds: 345_600,
    },
    {
      kind: 'topic',
      key: 'topic:scans',
      constructId: 'ScansTopic',
      name: 'scans',
      environmentVariable: 'EVENTLOOM_TOPIC_SCANS',
      description: null,
      fifo: false,
      contentBasedDeduplication: false,
      ordering: null,
      fedBy: { bus: 'bus:parcel', eventPattern: scanFeed },
    },
    {
      kind: 'topic',
      key: 'topic:slots',
      constructId: 'SlotsTopic',
      name: 'slot-bookings',
      environmentVariable: 'EVENTLOOM_TOPIC_SLOTS',
      description: null,
      fifo: false,
      contentBasedDeduplication: false,
      ordering: null,
      fedBy: null,
    },
    {
      kind: 'topic',
      key: 'topic:vans',
      constructId: 'VansTopic',
      name: 'van-moves.fifo',
      environmentVariable: 'EVENTLOOM_TOPIC_VANS',
      description: null,
      fifo: true,
      contentBasedDeduplication: true,
      ordering: { key: '/van' },
      fedBy: null,
    },
  ],
  services: [
    { name: 'archive', constructId: 'Archive', publishes: [] },
    { name: 'claims', constructId: 'Claims', publishes: [] },
    {
      name: 'counter',
      constructId: 'Counter',
      publishes: [
        { ...collected, destination: 'bus:parcel' },
        { ...lost, destination: 'bus:parcel', ...claimed },
        { ...scanned, destination: 'bus:parcel' },
        { ...booked, destination: 'topic:slots' },
        { ...printed, destination: 'queue:labels' },
      ],
    },
    {
      name: 'fleet',
      constructId: 'Fleet',
      // Less than the service publishes.
      outbox: outbox('fleet', [{ ...moved, destination: 'topic:vans' }]),
      publishes: [
        { ...moved, destination: 'topic:vans' },
        { ...returned, destination: 'queue:returns' },
      ],
    },
    { name: 'labels', constructId: 'Labels', publishes: [] },
    {
      name: 'webshop',
      constructId: 'Webshop',
      outbox: outbox('webshop', [{ ...printed, destination: 'queue:labels' }]),
      publishes: [{ ...printed, destination: 'queue:labels' }],
    },
  ],
  consumers: [
    consumer({
      key: 'archive/keepEverything',
      constructId: 'KeepEverything',
      delivery: {
        type: 'function',
        timeoutSeconds: 10,
        memoryMb: 128,
        onInvalid: 'deadLetter',
        retryAttempts: 1,
        maxEventAgeSeconds: 3_600,
      },
      routes: [
        {
          kind: 'eventbridge',
          operation: 'keepDepot',
          constructId: 'KeepDepot',
          events: [collected, lost],
          bus: 'bus:parcel',
          eventPattern: { source: ['parcel.depot'] },
        },
        {
          kind: 'eventbridge-sns',
          operation: 'keepScans',
          constructId: 'KeepScans',
          events: [scanned],
          bus: 'bus:parcel',
          topic: 'topic:scans',
          eventPattern: scanFeed,
          filterPolicy: null,
          filterPolicyScope: 'MessageBody',
        },
        {
          kind: 'sns',
          operation: 'keepSlots',
          constructId: 'KeepSlots',
          events: [booked],
          topic: 'topic:slots',
          filterPolicy: null,
          filterPolicyScope: 'MessageBody',
        },
      ],
    }),
    consumer({
      key: 'claims/openClaim',
      constructId: 'OpenClaim',
      claims: true,
      idempotency: { key: '/parcel', ttlSeconds: 1_296_000, replays: 'run' },
      delivery: { ...queueDelivery, batchSize: 100, batchingWindowSeconds: 20, maxConcurrency: 2 },
      routes: [
        {
          kind: 'eventbridge',
          operation: 'openClaimOnLoss',
          constructId: 'OpenClaimOnLoss',
          events: [lost],
          bus: 'bus:parcel',
          // `null` and a field called `Ref`: nothing a template could carry as an object.
          eventPattern: {
            source: ['parcel.depot'],
            'detail-type': ['ParcelLost'],
            detail: { Ref: ['A-1'], heir: [null], value: [{ numeric: ['>=', 50] }] },
          },
        },
        {
          kind: 'eventbridge-sns',
          operation: 'openClaimOnScan',
          constructId: 'OpenClaimOnScan',
          events: [scanned],
          bus: 'bus:parcel',
          topic: 'topic:scans',
          eventPattern: scanFeed,
          filterPolicy: { detail: { $or: [{ damage: [{ exists: true }] }, { weight: [{ numeric: ['<', 1] }] }] } },
          filterPolicyScope: 'MessageBody',
        },
      ],
      emits: [
        { ...collected, destination: 'bus:parcel' },
        { name: 'ClaimOpened', source: 'parcel.claims', destination: 'bus:parcel' },
        { name: 'ClaimOpened', source: 'parcel.claims', destination: 'bus:partners', ...claimed },
        { ...printed, destination: 'queue:labels' },
        { ...booked, destination: 'topic:slots' },
      ],
    }),
    consumer({
      key: 'fleet/collectReturn',
      constructId: 'CollectReturn',
      delivery: { ...queueDelivery, fifo: true },
      routes: [
        {
          kind: 'sqs',
          operation: 'collectReturn',
          constructId: 'CollectReturn',
          events: [returned],
          queue: 'queue:returns',
          mappingFilter: null,
        },
        {
          kind: 'sns',
          operation: 'followVan',
          constructId: 'FollowVan',
          events: [moved],
          topic: 'topic:vans',
          filterPolicy: null,
          filterPolicyScope: 'MessageBody',
        },
      ],
    }),
    consumer({
      key: 'fleet/planTour',
      constructId: 'PlanTour',
      downstreams: [
        { name: 'maps', outageSeconds: 60, failureThreshold: 1, firstProbeSeconds: 15, maximumProbeSeconds: 300 },
      ],
      routes: [
        {
          kind: 'sns',
          operation: 'planTour',
          constructId: 'PlanTour',
          events: [booked],
          topic: 'topic:slots',
          filterPolicy: { region: ['north', 'south'] },
          filterPolicyScope: 'MessageAttributes',
        },
      ],
    }),
    consumer({
      key: 'fleet/trackVan',
      constructId: 'TrackVan',
      delivery: { ...queueDelivery, fifo: true },
      routes: [
        {
          kind: 'sns',
          operation: 'trackVan',
          constructId: 'TrackVan',
          events: [moved],
          topic: 'topic:vans',
          filterPolicy: null,
          filterPolicyScope: 'MessageBody',
        },
      ],
    }),
    consumer({
      key: 'labels/printLabel',
      constructId: 'PrintLabel',
      gather: { timeoutSeconds: 600 },
      handler: 'labels/printing/print-label',
      delivery: { ...queueDelivery, batchSize: 1, timeoutSeconds: 15, visibilityTimeoutSeconds: 90 },
      routes: [
        {
          kind: 'sqs',
          operation: 'printLabel',
          constructId: 'PrintLabel',
          events: [printed],
          queue: 'queue:labels',
          mappingFilter: { body: { format: ['a6'] } },
        },
      ],
    }),
  ],
};
