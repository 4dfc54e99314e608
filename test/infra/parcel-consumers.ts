import type { Consumer, QueueDelivery } from '@eventloom/engine';
import {
  booked,
  claimed,
  collected,
  lost,
  moved,
  printed,
  returned,
  scanFeed,
  scanned,
  torn,
} from './parcel-events.ts';

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

/** Every kind of route, delivery and memory once. */
export const parcelConsumers: readonly Consumer[] = [
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
  // Two channels' queues and none of its own.
  consumer({
    key: 'labels/recycle',
    constructId: 'Recycle',
    routes: [
      {
        kind: 'sqs',
        operation: 'recycleTorn',
        constructId: 'RecycleTorn',
        events: [torn],
        queue: 'queue:torn',
        mappingFilter: null,
      },
      {
        kind: 'sqs',
        operation: 'recycleWaste',
        constructId: 'RecycleWaste',
        events: [{ name: 'LabelTorn', source: 'waste' }],
        queue: 'queue:waste',
        mappingFilter: null,
      },
    ],
  }),
];
