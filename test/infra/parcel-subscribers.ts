import type { Subscriber, SubscriberDelivery, SubscriberRoute, Topology } from '@eventloom/engine';
import { booked, collected, lost, moved, scanFeed, scanned } from './parcel-events.ts';
import { parcelTopology } from './parcel-topology.ts';

/** A route over a rule of the bus `parcel`. */
export function ofBus(operation: string, event = lost): SubscriberRoute {
  const eventPattern = { source: [event.source], 'detail-type': [event.name] };
  return {
    kind: 'eventbridge',
    operation,
    constructId: pascal(operation),
    events: [event],
    bus: 'bus:parcel',
    eventPattern,
  };
}

/** A route over a subscription of the topic of slots. */
export function ofTopic(operation: string): SubscriberRoute {
  return {
    kind: 'sns',
    operation,
    constructId: pascal(operation),
    events: [booked],
    topic: 'topic:slots',
    filterPolicy: { region: ['north'] },
    filterPolicyScope: 'MessageBody',
  };
}

/** A route over a bus, a rule, a topic and a subscription. */
export function ofBusAndTopic(operation: string): SubscriberRoute {
  return {
    kind: 'eventbridge-sns',
    operation,
    constructId: pascal(operation),
    events: [scanned],
    bus: 'bus:parcel',
    topic: 'topic:scans',
    eventPattern: scanFeed,
    filterPolicy: null,
    filterPolicyScope: 'MessageBody',
  };
}

/** A subscriber with that key. */
export function subscriber(
  key: string,
  delivery: SubscriberDelivery,
  routes: readonly SubscriberRoute[],
  rest: Partial<Subscriber> = {},
): Subscriber {
  const [service = '', name = ''] = key.split('/');
  const constructId = pascal(name);
  return { key, service, consumer: name, constructId, description: null, routes, delivery, emits: [], ...rest };
}

function pascal(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** A definition that says where its events go by the variables of their destinations. */
export const tellDefinition = {
  StartAt: 'Tell',
  States: {
    Tell: {
      Type: 'Task',
      Resource: 'arn:aws:states:::events:putEvents',
      Parameters: {
        Entries: [
          {
            EventBusName: '${EVENTLOOM_BUS_PARCEL}',
            Source: 'parcel.claims',
            DetailType: 'ClaimOpened',
            'Detail.$': "States.StringToJson(States.Format('{}${Other}{{resolve:ssm:key}}', $.parcel))",
          },
        ],
      },
      End: true,
    },
  },
};

const claimOpened = { name: 'ClaimOpened', source: 'parcel.claims' };

const deliveries = {
  kinesis: { type: 'stream', kind: 'kinesis', partitionKey: '/sender/id', shards: null, retentionHours: 48 },
  firehose: {
    type: 'stream',
    kind: 'firehose',
    bufferSeconds: 300,
    bufferMb: 64,
    compression: 'gzip',
    partitions: ['/sender/country', '/depot'],
    expireDays: 400,
  },
  endpoint: {
    type: 'endpoint',
    url: 'https://crm.example.com/losses',
    method: 'POST',
    ratePerSecond: 20,
    body: 'payload',
    authorization: { kind: 'apiKey', header: 'X-Api-Key', secret: 'crm/key' },
  },
  http: {
    type: 'http',
    url: 'https://hooks.example.com/slots',
    raw: true,
    policy: {
      retries: 40,
      minimumDelaySeconds: 5,
      maximumDelaySeconds: 600,
      backoff: 'exponential',
      maximumPerSecond: 10,
    },
  },
  queue: { type: 'none', arn: null, visibilityTimeoutSeconds: 120, maxReceiveCount: 5, fifo: false },
} as const satisfies Record<string, SubscriberDelivery>;

const workflow = { type: 'workflow', kind: 'standard', input: 'payload' } as const;
const definition = JSON.stringify(tellDefinition);

/** Every type of delivery without a handler once. */
export const parcelSubscribers: readonly Subscriber[] = [
  subscriber('analytics/stream', deliveries.kinesis, [ofBus('streamLost')]),
  subscriber('analytics/lake', deliveries.firehose, [
    ofBus('lakeLost'),
    ofBus('lakeCollected', collected),
    ofBusAndTopic('lakeScans'),
  ]),
  subscriber('analytics/slotLake', { ...deliveries.firehose, partitions: [], compression: 'none', expireDays: null }, [
    ofTopic('slotLake'),
  ]),
  subscriber('analytics/mirror', { type: 'bus', busName: 'partners', account: null, region: null }, [
    ofBus('mirrorLost'),
  ]),
  subscriber('analytics/abroad', { type: 'bus', busName: 'central', account: '444455556666', region: 'eu-north-1' }, [
    ofBus('abroadLost'),
    ofBus('abroadCollected', collected),
  ]),
  subscriber('analytics/audit', { type: 'log', retentionDays: 90 }, [
    ofBus('auditLost'),
    ofBus('auditCollected', collected),
  ]),
  subscriber('analytics/trail', { type: 'log', retentionDays: 7 }, [ofBus('trailLost')]),
  subscriber('claims/file', { ...workflow, definition }, [ofBus('fileLost')], {
    emits: [
      { ...claimOpened, destination: 'bus:parcel' },
      { ...booked, destination: 'topic:slots' },
    ],
  }),
  subscriber('claims/quick', { ...workflow, kind: 'express', input: 'event', definition }, [ofBus('quickLost')], {
    emits: [{ ...claimOpened, destination: 'bus:parcel' }],
  }),
  subscriber('claims/custom', { ...workflow, definition: null }, [ofBus('customLost')]),
  subscriber('claims/crm', deliveries.endpoint, [ofBus('crmLost')]),
  subscriber('notices/mail', { type: 'email', addresses: ['ops@example.com', 'depot@example.com'] }, [
    ofTopic('mailSlots'),
    ofBusAndTopic('mailScans'),
  ]),
  subscriber('notices/text', { type: 'sms', numbers: ['+4915112345678'] }, [ofTopic('textSlots')]),
  subscriber('notices/hook', deliveries.http, [ofTopic('hookSlots')]),
  subscriber('partners/pull', deliveries.queue, [ofBus('pullLost'), ofTopic('pullSlots')]),
  subscriber('partners/vans', { ...deliveries.queue, fifo: true }, [
    { ...ofTopic('vans'), kind: 'sns', topic: 'topic:vans', events: [moved], filterPolicy: null } as SubscriberRoute,
  ]),
  subscriber('partners/theirs', { ...deliveries.queue, arn: 'arn:aws:sqs:eu-west-1:444455556666:inbox' }, [
    ofBus('theirsLost'),
    ofTopic('theirsSlots'),
  ]),
];

/** The parcel service with all of them; `analytics`, `notices` and `partners` have no consumer with a handler. */
export const subscriberTopology: Topology = withSubscribers(parcelSubscribers);

/** Returns the parcel service with these subscribers. */
export function withSubscribers(subscribers: readonly Subscriber[]): Topology {
  const known = new Set(parcelTopology.services.map(({ name }) => name));
  const added = [...new Set(subscribers.map(({ service }) => service))].filter((name) => !known.has(name));
  const services = added.map((name) => ({ name, constructId: pascal(name), publishes: [] }));
  return { ...parcelTopology, services: [...parcelTopology.services, ...services], subscribers };
}
