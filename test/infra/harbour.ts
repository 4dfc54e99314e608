import { toTopology } from '../../generator/src/model/to-topology.ts';
import { understand } from '../support/model-of.ts';

/** A harbour that is told of ships in every way there is: a second domain, for ingresses. */
export const harbourSpec = `
asyncapi: 3.0.0
info: { title: Harbour, version: 1.0.0 }
servers: { harbour: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }
channels:
  berths: { address: harbour.berths, messages: { BerthAsked: { $ref: '#/components/messages/BerthAsked' } } }
  tides: { address: harbour.tides, servers: [{ $ref: '#/servers/harbour' }], messages: { TideTold: { $ref: '#/components/messages/TideTold' } } }
  alarms:
    address: alarms
    bindings: { sns: { name: alarms } }
    messages: { ShipInNeed: { $ref: '#/components/messages/ShipInNeed' } }
  pilots:
    address: pilots
    x-ordering: { key: /ship }
    bindings: { sqs: { queue: { name: pilots.fifo, fifoQueue: true } } }
    messages: { PilotAsked: { $ref: '#/components/messages/ShipInNeed' } }
operations:
  askBerth:
    action: send
    channel: { $ref: '#/channels/berths' }
    x-service: desk
    x-ingress:
      type: http
      path: /berths/{pier}/{ship}
      authorization: { kind: jwt, issuer: 'https://login.harbour.example', audience: desk, scopes: [berths] }
      throttle: { ratePerSecond: 20, burst: 40 }
  moveBerth:
    action: send
    channel: { $ref: '#/channels/berths' }
    x-service: desk
    x-ingress: { type: http, method: PUT, path: '/berths/{pier}', authorization: { kind: lambda } }
  callForHelp:
    action: send
    channel: { $ref: '#/channels/alarms' }
    x-service: desk
    x-ingress: { type: http, path: '/ships/{ship}/alarms', authorization: { kind: apiKey } }
  askPilot:
    action: send
    channel: { $ref: '#/channels/pilots' }
    x-service: desk
    x-ingress: { type: http, path: /pilots }
  tellTide:
    action: send
    description: Twice a day.
    channel: { $ref: '#/channels/tides' }
    x-service: tides
    x-ingress: { type: schedule, rate: 6 hours, flexibleMinutes: 10, payload: { at: <aws.scheduler.scheduled-time>, height: 1.5 } }
  testAlarm:
    action: send
    channel: { $ref: '#/channels/alarms' }
    x-service: tides
    x-ingress: { type: schedule, cron: '0 12 ? * SAT *', timezone: Europe/Berlin, payload: { ship: TEST, need: fire, crew: 0 } }
  orderPilot:
    action: send
    channel: { $ref: '#/channels/pilots' }
    x-service: tides
    x-ingress: { type: schedule, at: '2027-01-31T08:00:00', payload: { ship: FERRY, need: pilot, crew: 12 } }
  importTides:
    action: send
    channel: { $ref: '#/channels/tides' }
    x-service: tides
    x-ingress: { type: queue, batchSize: 5, maxReceiveCount: 7 }
  recordTides:
    action: send
    channel: { $ref: '#/channels/tides' }
    x-service: tides
    x-ingress: { type: table, attribute: tide }
  give: { action: receive, channel: { $ref: '#/channels/berths' }, x-service: piers }
  chart: { action: receive, channel: { $ref: '#/channels/tides' }, x-service: piers }
components:
  messages:
    BerthAsked:
      correlationId: { location: '$message.payload#/trace' }
      payload:
        type: object
        required: [pier, length]
        properties:
          pier: { enum: [north, south, "o'neill $x"] }
          ship: { type: string }
          length: { type: number, exclusiveMinimum: 0 }
          trace: { type: string }
          note: {}
    TideTold:
      payload: { type: object, required: [at, height], properties: { at: { type: string, format: date-time }, height: { type: number } } }
    ShipInNeed:
      headers:
        type: object
        properties: { ship: { type: string }, crew: { type: integer }, tags: { type: array, items: { type: string } } }
      payload:
        type: object
        required: [ship, need]
        properties: { ship: { type: string }, need: { enum: [fire, water, pilot] }, crew: { type: integer }, tags: { type: array, items: { type: string } } }
`;

const { model, diagnostics } = await understand(harbourSpec);
const errors = diagnostics.filter(({ severity }) => severity === 'error');
if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));

/** The wiring of {@link harbourSpec}. */
export const harbour = toTopology(model);
