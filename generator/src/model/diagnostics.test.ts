import { describe, expect, it } from 'vitest';
import { brief, understand } from '../../../test/support/model-of.ts';

/** A spec without a fault. Each case below breaks one place of it, and nothing else must be said. */
const good = `
asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers:
  shop:
    host: events.eu-west-1.amazonaws.com
    protocol: eventbridge
    x-eventbridge: { busName: shop, archive: { retentionDays: 30 } }
channels:
  orders:
    address: shop.orders
    messages: { OrderPlaced: { $ref: '#/components/messages/OrderPlaced' }, OrderPaid: { $ref: '#/components/messages/OrderPaid' } }
  parcels:
    address: shop.parcels
    servers: [{ $ref: '#/servers/shop' }]
    messages: { Sent: { $ref: '#/components/messages/Sent' }, Lost: { $ref: '#/components/messages/Lost' } }
    bindings: { sns: { name: parcels, bindingVersion: 1.0.0 } }
  prices:
    address: prices
    messages: { Raised: { $ref: '#/components/messages/Raised' }, Lowered: { $ref: '#/components/messages/Lowered' } }
    bindings: { sns: { name: prices } }
  jobs:
    address: jobs
    messages: { Job: { $ref: '#/components/messages/Job' } }
    bindings: { sqs: { queue: { name: jobs, fifoQueue: false }, bindingVersion: 0.3.0 } }
  chores:
    address: chores
    messages: { A: { payload: { type: object } }, B: { payload: { type: object } } }
    bindings: { sqs: { queue: { name: chores, fifoQueue: false } } }
  stock:
    address: stock
    x-ordering: { key: /sku }
    messages: { StockChanged: { $ref: '#/components/messages/StockChanged' } }
    bindings: { sns: { name: stock.fifo, ordering: { type: FIFO } } }
  mixed:
    address: mixed
    servers: [{ $ref: '#/servers/shop' }]
    messages:
      One: { payload: { type: object, properties: { a: { enum: [one] } } } }
      Two: { payload: { type: object, properties: { a: { enum: [two] }, b: { type: string } } } }
  moves:
    address: moves
    x-ordering: { key: /sku }
    messages: { Moved: { $ref: '#/components/messages/Moved' } }
    bindings: { sqs: { queue: { name: moves.fifo, fifoQueue: true } } }
  bundles:
    address: bundles
    servers: [{ $ref: '#/servers/shop' }]
    x-claim-check: { aboveBytes: 1000, keep: [/bundle, /customer/tier] }
    messages: { Bundled: { $ref: '#/components/messages/Bundled' } }
  parts:
    address: parts
    servers: [{ $ref: '#/servers/shop' }]
    messages: { Part: { payload: { type: object, required: [bundle], properties: { bundle: { type: string } } } } }
operations:
  sendBundle: { action: send, channel: { $ref: '#/channels/bundles' }, x-service: bundling, x-outbox: true }
  unpack:
    action: receive
    channel: { $ref: '#/channels/bundles' }
    x-service: bundling
    x-filter: { customer: { tier: [gold] } }
    x-split: /items
    x-emits: [{ $ref: '#/channels/parts/messages/Part' }]
    x-downstreams: { gateway: { outageSeconds: 225, failureThreshold: 1 } }
  pack: { action: receive, channel: { $ref: '#/channels/parts' }, x-service: bundling, x-gather: { timeoutSeconds: 60 } }
  placeOrder: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders }
  charge:
    action: receive
    channel: { $ref: '#/channels/orders' }
    messages: [{ $ref: '#/channels/orders/messages/OrderPlaced' }]
    x-service: payments
    x-filter: { market: [eu] }
    x-delivery: { type: queue, batchSize: 10 }
    x-idempotency: { key: /orderId }
    x-emits: [{ $ref: '#/channels/orders/messages/OrderPaid' }]
  bookOrder: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: books, x-consumer: book, x-delivery: { maxReceiveCount: 5 } }
  bookParcel: { action: receive, channel: { $ref: '#/channels/parcels' }, x-service: books, x-consumer: book, x-delivery: { maxReceiveCount: 5, timeoutSeconds: 20 } }
  audit: { action: receive, channel: { $ref: '#/channels/prices' }, x-service: books }
  watchPrices:
    action: receive
    channel: { $ref: '#/channels/prices' }
    x-service: watch
    x-filter: { market: [eu] }
    x-filter-scope: attributes
  work: { action: receive, channel: { $ref: '#/channels/jobs' }, x-service: work, x-delivery: { maxReceiveCount: 4 } }
  chore:
    action: receive
    channel: { $ref: '#/channels/chores' }
    messages: [{ $ref: '#/channels/chores/messages/A' }, { $ref: '#/channels/chores/messages/B' }]
    x-service: work
  count: { action: receive, channel: { $ref: '#/channels/stock' }, x-service: stock }
  many: { action: receive, channel: { $ref: '#/channels/mixed' }, x-service: mixed, x-filter: { a: [one, two], b: [{ exists: false }, x] } }
  move: { action: receive, channel: { $ref: '#/channels/moves' }, x-service: stock }
  feedParcels: { action: send, x-service: feeder, channel: { $ref: '#/channels/parcels' } }
  feedPrices: { action: send, x-service: feeder, channel: { $ref: '#/channels/prices' } }
  feedJobs: { action: send, x-service: feeder, channel: { $ref: '#/channels/jobs' } }
  feedChores: { action: send, x-service: feeder, channel: { $ref: '#/channels/chores' } }
  feedStock: { action: send, x-service: feeder, channel: { $ref: '#/channels/stock' } }
  feedMixed: { action: send, x-service: feeder, channel: { $ref: '#/channels/mixed' } }
  feedParts: { action: send, x-service: feeder, channel: { $ref: '#/channels/parts' } }
  feedMoves: { action: send, x-service: feeder, channel: { $ref: '#/channels/moves' } }
components:
  messages:
    OrderPlaced: { payload: { $ref: '#/components/schemas/Order' } }
    OrderPaid: { payload: { $ref: '#/components/schemas/Order' } }
    Sent: { payload: { $ref: '#/components/schemas/Order' } }
    Lost: { payload: { $ref: '#/components/schemas/Order' } }
    Raised: { headers: { type: object, properties: { market: { type: string } } }, payload: { $ref: '#/components/schemas/Order' } }
    Lowered: { headers: { type: object, properties: { market: { type: string } } }, payload: { $ref: '#/components/schemas/Order' } }
    Bundled:
      payload:
        type: object
        required: [bundle, items]
        properties:
          bundle: { type: string }
          customer: { type: object, properties: { tier: { enum: [gold, tin] } } }
          items: { type: array, items: { type: object, properties: { subs: { type: array } } } }
          spares: { type: array }
          extras: { oneOf: [{ type: array }, { type: 'null' }] }
    Job: { payload: { type: object, required: [kind], properties: { kind: { enum: [a, b] }, note: { type: string } } } }
    StockChanged: { payload: { $ref: '#/components/schemas/Stock' } }
    Moved: { payload: { $ref: '#/components/schemas/Stock' } }
  schemas:
    Order:
      type: object
      required: [orderId]
      properties: { orderId: { type: string }, market: { type: string, enum: [eu, us] }, total: { type: number, minimum: 0 }, coupon: { type: string }, lines: { type: array, items: { type: object, properties: { sku: { type: string } } } } }
    Stock: { type: object, required: [sku], properties: { sku: { type: string }, shelf: { type: string } } }
`;

/** What is broken: code, the text replaced, and its replacement. `#!` marks the line that must be named. */
type Case = readonly [code: string, from: string, to: string];

const cases: readonly Case[] = [
  // Extensions
  [
    'error extension-typo',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-fitler: { market: [eu] } #!\n    x-delivery',
  ],
  ['error extension-typo', '    address: jobs\n', '    address: jobs\n    x-orderng: { key: /kind } #!\n'],
  ['error misplaced-extension', '    address: jobs\n', '    address: jobs\n    x-filter: { kind: [a] } #!\n'],
  [
    'error misplaced-extension',
    "placeOrder: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders }",
    "placeOrder: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders, x-consumer: placeOrder } #!",
  ],
  [
    'error misplaced-extension',
    '\nchannels:\n',
    '\n  other: { host: x, protocol: sns, x-eventbridge: { busName: other } } #!\nchannels:\n',
  ],
  ['error extension-field', 'batchSize: 10', 'batchsize: 10 #!\n     '],
  ['error extension-field', 'busName: shop', 'busname: shop #!\n     '],
  ['error extension-field', 'key: /orderId', 'ky: /orderId #!\n     '],
  ['error extension-value', 'batchSize: 10', 'batchSize: 10001, batchingWindowSeconds: 1 #!\n     '],
  ['error extension-value', 'batchSize: 10', 'timeoutSeconds: 901 #!\n     '],
  ['error extension-value', 'batchSize: 10', 'handler: ../secrets #!\n     '],
  ['error extension-value', 'batchSize: 10', 'handler: /etc/handler #!\n     '],
  ['error extension-value', 'batchSize: 10', 'onInvalid: drop #!\n     '],
  ['error extension-value', 'retentionDays: 30', 'retentionDays: -1 #!\n     '],
  ['error extension-value', 'x-service: work, x-delivery: { maxReceiveCount: 4 } }', 'x-service: Work } #!'],
  [
    'error extension-value',
    'x-service: work, x-delivery: { maxReceiveCount: 4 } }',
    'x-service: work, x-consumer: do-work } #!',
  ],
  [
    'error extension-value',
    'x-service: work, x-delivery: { maxReceiveCount: 4 } }',
    'x-service: work, x-consumer: class } #!',
  ],
  ['error extension-value', 'x-filter-scope: attributes', 'x-filter-scope: header #!'],
  ['error extension-value', 'address: stock\n    x-ordering: { key: /sku }', 'address: stock\n    x-ordering: {} #!'],
  [
    'error missing-service',
    "work: { action: receive, channel: { $ref: '#/channels/jobs' }, x-service: work, x-delivery: { maxReceiveCount: 4 } }",
    "work: { action: receive, channel: { $ref: '#/channels/jobs' } } #!",
  ],
  // Destinations
  ['error physical-name', 'busName: shop', 'busName: my shop #!\n     '],
  ['error physical-name', 'busName: shop', 'busName: default #!\n     '],
  ['error physical-name', 'sns: { name: prices }', `sns: { name: ${'p'.repeat(257)} } #!\n     `],
  ['error physical-name', 'name: jobs,', 'name: jobs!, #!\n     '],
  ['error physical-name', 'name: stock.fifo,', 'name: stock, #!\n     '],
  ['error physical-name', 'name: jobs,', 'name: jobs.fifo, #!\n     '],
  ['error channel-address', 'address: shop.orders', 'address: null #!'],
  ['error channel-address', 'address: shop.orders', 'address: aws.orders #!'],
  ['error channel-address', 'address: shop.orders', `address: ${'o'.repeat(257)} #!`],
  ['error channel-address', 'address: shop.orders', "address: 'shop.{country}' #!\n    parameters: { country: {} }"],
  [
    'error ambiguous-bus',
    '\nchannels:\n  orders:\n',
    '\n  second: { host: x, protocol: eventbridge }\nchannels:\n  orders: #!\n',
  ],
  [
    'error ambiguous-bus',
    '\nchannels:\n  orders:\n    address: shop.orders\n',
    "\n  second: { host: x, protocol: eventbridge }\nchannels:\n  orders:\n    address: shop.orders\n    servers: [{ $ref: '#/servers/shop' }, { $ref: '#/servers/second' }] #!\n",
  ],
  [
    'error no-destination',
    '\nchannels:\n  orders:\n    address: shop.orders\n',
    "\n  broker: { host: x, protocol: kafka }\nchannels:\n  orders:\n    address: shop.orders\n    servers: [{ $ref: '#/servers/broker' }] #!\n",
  ],
  [
    'error two-bindings',
    'bindings: { sns: { name: prices } }',
    'bindings: { sns: { name: prices }, sqs: { queue: { name: prices, fifoQueue: false } } } #!',
  ],
  ['error binding-value', 'bindingVersion: 1.0.0', 'bindingVersion: 9.0.0 #!\n     '],
  ['error binding-value', 'bindingVersion: 0.3.0', 'bindingVersion: 0.1.0 #!\n     '],
  [
    'error binding-value',
    'name: jobs, fifoQueue: false',
    'name: jobs, fifoQueue: false, visibilityTimeout: 43201 #!\n     ',
  ],
  [
    'error visibility-timeout',
    'name: jobs, fifoQueue: false',
    'name: jobs, #!\n     fifoQueue: false, visibilityTimeout: 29',
  ],
  [
    'warning queue-binding-on-bus',
    '    address: shop.orders\n',
    "    address: shop.orders\n    servers: [{ $ref: '#/servers/shop' }]\n    bindings: { sqs: { queue: { name: orders, fifoQueue: false } } } #!\n",
  ],
  [
    'error not-supported',
    'name: jobs, fifoQueue: false',
    "name: jobs, fifoQueue: false, redrivePolicy: { deadLetterQueue: { arn: 'arn:aws:sqs:x:1:dlq' } } #!\n     ",
  ],
  [
    'error fifo-mismatch',
    'name: moves.fifo, fifoQueue: true }',
    'name: moves.fifo, fifoQueue: true }, deadLetterQueue: { name: d, fifoQueue: false } #!\n     ',
  ],
  // Messages and events
  [
    'error channel-without-messages',
    "    messages: { Job: { $ref: '#/components/messages/Job' } }",
    '    messages: {}',
  ],
  ['error message-name', 'Sent: { payload', "Sent: { name: '', payload"],
  [
    'warning message-without-payload',
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' } }",
    'OrderPaid: { summary: Paid } #!',
  ],
  [
    'error correlation-location',
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' } }",
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' }, correlationId: { location: '$message.header' } } #!",
  ],
  [
    'error correlation-location',
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' } }",
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' }, correlationId: { location: '$message.headers#/id' } } #!",
  ],
  [
    'error correlation-location',
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' } }",
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' }, correlationId: { location: '$message.payload#/orderID' } } #!",
  ],
  [
    'error correlation-location',
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' } }",
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' }, correlationId: { location: '$message.header#/a/b' } } #!",
  ],
  [
    'error correlation-location',
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' } }",
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' }, correlationId: { location: '$message.payload#' } } #!",
  ],
  [
    'error correlation-location',
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' } }",
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' }, correlationId: { location: '$message.header#/%zz' } } #!",
  ],
  ['error content-type', 'OrderPaid: { payload', 'OrderPaid: { contentType: text/xml, payload'],
  [
    'error message-headers',
    "properties: { market: { type: string } } }, payload: { $ref: '#/components/schemas/Order' } }\n    Lowered",
    "properties: { market: { type: string }, id: { type: string } } }, payload: { $ref: '#/components/schemas/Order' } } #!\n    Lowered",
  ],
  [
    'error message-headers',
    "properties: { market: { type: string } } }, payload: { $ref: '#/components/schemas/Order' } }\n    Lowered",
    `properties: { market: { type: string }, ${[1, 2, 3, 4, 5, 6, 7].map((n) => `h${n}: { type: string }`).join(', ')} } }, payload: { $ref: '#/components/schemas/Order' } } #!\n    Lowered`,
  ],
  [
    'error duplicate-event',
    "Lost: { $ref: '#/components/messages/Lost' } }",
    'Lost: { name: Sent, payload: { type: object } } } #!',
  ],
  // Operations
  [
    'error no-messages-selected',
    'x-service: work, x-delivery: { maxReceiveCount: 4 } }',
    'x-service: work, messages: [] } #!',
  ],
  [
    'error invalid-emits',
    "x-emits: [{ $ref: '#/channels/orders/messages/OrderPaid' }]",
    "x-emits: [{ $ref: '#/components/messages/OrderPaid' }] #!",
  ],
  ['error invalid-emits', "x-emits: [{ $ref: '#/channels/orders/messages/OrderPaid' }]", 'x-emits: OrderPaid #!'],
  ['error invalid-emits', "x-emits: [{ $ref: '#/channels/orders/messages/OrderPaid' }]", 'x-emits: [OrderPaid] #!'],
  ['error two-values', 'maxReceiveCount: 5, timeoutSeconds: 20 } }', 'maxReceiveCount: 6, timeoutSeconds: 20 } } #!'],
  [
    'error two-values',
    'name: jobs, fifoQueue: false',
    'name: jobs, fifoQueue: false, redrivePolicy: { deadLetterQueue: { name: d }, maxReceiveCount: 9 }',
  ],
  // Filters
  ['error invalid-filter', 'x-filter: { market: [eu] }\n    x-delivery', 'x-filter: { market: eu } #!\n    x-delivery'],
  [
    'error invalid-filter',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { market: [{ prefx: e }] } #!\n    x-delivery',
  ],
  ['error invalid-filter', 'x-filter: { market: [eu] }\n    x-delivery', 'x-filter: [eu] #!\n    x-delivery'],
  [
    'error invalid-filter',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { $or: [{ market: [eu] }] } #!\n    x-delivery',
  ],
  [
    'error filter-scope',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { market: [eu] }\n    x-filter-scope: body #!\n    x-delivery',
  ],
  ['error filter-scope', 'timeoutSeconds: 20 } }', 'timeoutSeconds: 20 }, x-filter-scope: attributes } #!'],
  [
    'error two-filters',
    'x-filter-scope: attributes',
    'bindings: { sns: { consumers: [{ protocol: sqs, endpoint: { name: q }, rawMessageDelivery: true, filterPolicy: { market: [us] } }] } } #!',
  ],
  [
    'error not-supported',
    'x-filter-scope: attributes',
    'x-filter-scope: attributes\n    bindings: { sns: { consumers: [{ protocol: sqs, endpoint: { name: q }, rawMessageDelivery: false }] } } #!',
  ],
  [
    'error filter-beside-selection',
    'x-filter-scope: attributes',
    "messages: [{ $ref: '#/channels/prices/messages/Raised' }] #!",
  ],
  [
    'error filter-not-supported',
    'x-filter: { market: [eu] }\n    x-filter-scope: attributes',
    "x-filter: { coupon: [{ wildcard: 'a*z' }] } #!",
  ],
  [
    'error filter-not-supported',
    'x-service: work, x-delivery: { maxReceiveCount: 4 } }',
    "x-service: work, x-filter-unmatched: delete, x-filter: { note: [{ wildcard: 'a*z' }] } } #!",
  ],
  [
    'error filter-limit',
    'x-filter: { market: [eu] }\n    x-filter-scope: attributes',
    `x-filter: { coupon: [${Array.from({ length: 151 }, (_, n) => `c${n}`).join(', ')}] } #!`,
  ],
  [
    'warning filter-quota',
    'x-filter: { market: [eu] }\n    x-delivery',
    `x-filter: { coupon: [${'c'.repeat(2048)}] } #!\n    x-delivery`,
  ],
  [
    'warning filter-number',
    'x-filter: { market: [eu] }\n    x-delivery',
    "x-filter: { total: [{ numeric: ['>', 5000000001] }] } #!\n    x-delivery",
  ],
  [
    'error misplaced-extension',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { market: [eu] }\n    x-filter-unmatched: delete #!\n    x-delivery',
  ],
  [
    'error misplaced-extension',
    'x-service: work, x-delivery: { maxReceiveCount: 4 } }',
    'x-service: work, x-filter-unmatched: delete } #!',
  ],
  [
    'error queue-selection',
    "messages: [{ $ref: '#/channels/chores/messages/A' }, { $ref: '#/channels/chores/messages/B' }]",
    "messages: [{ $ref: '#/channels/chores/messages/A' }] #!",
  ],
  // Queues, functions, FIFO
  [
    'error queue-consumers',
    '  count:',
    "  workToo: { action: receive, channel: { $ref: '#/channels/jobs' }, x-service: work } #!\n  count:",
  ],
  [
    'error queue-consumer-merged',
    '  count:',
    "  workToo: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: work, x-consumer: work } #!\n  count:",
  ],
  [
    'error subscribed-twice',
    '  count:',
    "  bookAgain: { action: receive, channel: { $ref: '#/channels/parcels' }, x-service: books, x-consumer: book }\n  count:",
  ],
  ['error delivery-option', 'batchSize: 10', 'retryAttempts: 1 #!\n     '],
  ['error delivery-option', 'type: queue, batchSize: 10', 'type: function, batchSize: 10 #!\n     '],
  ['error delivery-option', 'batchSize: 10', 'batchSize: 11 #!\n     '],
  [
    'error delivery-option',
    "channel: { $ref: '#/channels/stock' }, x-service: stock }",
    "channel: { $ref: '#/channels/stock' }, x-service: stock, x-delivery: { batchingWindowSeconds: 1 } } #!",
  ],
  [
    'error delivery-option',
    "channel: { $ref: '#/channels/stock' }, x-service: stock }",
    "channel: { $ref: '#/channels/stock' }, x-service: stock, x-delivery: { batchSize: 11 } } #!",
  ],
  [
    'error function-delivery',
    "channel: { $ref: '#/channels/stock' }, x-service: stock }",
    "channel: { $ref: '#/channels/stock' }, x-service: stock, x-delivery: { type: function } } #!",
  ],
  [
    'error function-delivery',
    'x-service: work, x-delivery: { maxReceiveCount: 4 } }',
    'x-service: work, x-delivery: { type: function } } #!',
  ],
  [
    'error fifo-over-bus',
    '    bindings: { sns: { name: parcels, bindingVersion: 1.0.0 } }',
    '    x-ordering: { key: /orderId }\n    bindings: { sns: { name: parcels.fifo, ordering: { type: FIFO } } } #!',
  ],
  [
    'error fifo-mismatch',
    '  count:',
    "  countPrices: { action: receive, channel: { $ref: '#/channels/prices' }, x-service: stock, x-consumer: count } #!\n  count:",
  ],
  [
    'error fifo-mismatch',
    'x-filter-scope: attributes',
    'x-filter-scope: attributes\n    bindings: { sqs: { queues: [{ name: q.fifo, fifoQueue: true }] } } #!',
  ],
  [
    'warning fifo-without-ordering',
    '  stock:\n    address: stock\n    x-ordering: { key: /sku }',
    '  stock: #!\n    address: stock',
  ],
  ['error ordering-without-fifo', '    address: jobs\n', '    address: jobs\n    x-ordering: { key: /kind } #!\n'],
  [
    'error key-field',
    'address: stock\n    x-ordering: { key: /sku }',
    'address: stock\n    x-ordering: { key: /skku } #!',
  ],
  [
    'warning key-field-optional',
    'address: stock\n    x-ordering: { key: /sku }',
    'address: stock\n    x-ordering: { key: /shelf } #!',
  ],
  ['error key-field', 'x-idempotency: { key: /orderId }', 'x-idempotency: { key: /lines } #!'],
  ['warning idempotency-without-key', 'x-idempotency: { key: /orderId }', 'x-idempotency: {} #!'],
  // Handling
  ['error extension-value', 'x-outbox: true', 'x-outbox: yes please #!\n   '],
  ['error misplaced-extension', 'x-outbox: true', 'x-split: /items #!\n   '],
  ['error extension-value', 'x-split: /items', 'x-split: items #!'],
  ['error split-field', 'x-split: /items', 'x-split: /itms #!'],
  ['error split-field', 'x-split: /items', 'x-split: /bundle #!'],
  ['error split-field', 'x-split: /items', 'x-split: /items/subs #!'],
  ['warning split-field-optional', 'x-split: /items', 'x-split: /spares #!'],
  [
    'error split-emits',
    "x-split: /items\n    x-emits: [{ $ref: '#/channels/parts/messages/Part' }]",
    'x-split: /items #!',
  ],
  [
    'error split-emits',
    "x-split: /items\n    x-emits: [{ $ref: '#/channels/parts/messages/Part' }]",
    "x-split: /items #!\n    x-emits: [{ $ref: '#/channels/parts/messages/Part' }, { $ref: '#/channels/orders/messages/OrderPaid' }]",
  ],
  ['error extension-value', 'x-gather: { timeoutSeconds: 60 }', 'x-gather: {} #!\n '],
  ['error extension-field', 'x-gather: { timeoutSeconds: 60 }', 'x-gather: { timeoutSecond: 60 } #!\n '],
  ['error extension-value', 'x-gather: { timeoutSeconds: 60 }', 'x-gather: { timeoutSeconds: 0 } #!\n '],
  [
    'error gather-not-possible',
    'x-gather: { timeoutSeconds: 60 }',
    'x-delivery: { type: function }, x-gather: { timeoutSeconds: 60 } #!\n ',
  ],
  [
    'error gather-not-possible',
    '  chore:\n    action: receive',
    '  chore:\n    x-gather: { timeoutSeconds: 60 } #!\n    action: receive',
  ],
  ['error gather-not-possible', '  move: {', '  move: { x-gather: { timeoutSeconds: 60 }, #!\n   '],
  ['error gather-not-possible', 'x-split: /items', 'x-split: /items\n    x-gather: { timeoutSeconds: 60 } #!'],
  [
    'error gather-outlives-queue',
    'x-gather: { timeoutSeconds: 60 }',
    'x-delivery: { maxReceiveCount: 50 }, x-gather: { timeoutSeconds: 345600 } #!\n ',
  ],
  [
    'warning gather-not-outlasted',
    'x-gather: { timeoutSeconds: 60 }',
    'x-delivery: { maxReceiveCount: 2 }, x-gather: { timeoutSeconds: 42301 } #!\n ',
  ],
  [
    'warning gather-not-outlasted',
    'x-gather: { timeoutSeconds: 60 }',
    'x-delivery: { maxReceiveCount: 1 }, x-gather: { timeoutSeconds: 60 } #!\n ',
  ],
  [
    'warning gather-key',
    'x-gather: { timeoutSeconds: 60 }',
    'x-idempotency: { key: /bundle }, x-gather: { timeoutSeconds: 60 } #!\n ',
  ],
  [
    'warning gather-without-split',
    '  count:',
    "  gatherPaid: { action: receive, channel: { $ref: '#/channels/orders' }, messages: [{ $ref: '#/channels/orders/messages/OrderPaid' }], x-service: books, x-gather: { timeoutSeconds: 60 } } #!\n  count:",
  ],
  ['error extension-value', '{ gateway: { outageSeconds: 225, failureThreshold: 1 } }', '{} #!'],
  ['error extension-value', 'outageSeconds: 225, failureThreshold', 'failureThreshold: 1 } } #!\n   # '],
  ['error extension-value', 'x-downstreams: { gateway:', 'x-downstreams: { the-gateway: #!\n     '],
  ['error extension-value', 'x-downstreams: { gateway:', 'x-downstreams: { __proto__: #!\n     '],
  ['error extension-field', 'failureThreshold: 1', 'failureTreshold: 1 #!\n     '],
  ['error extension-value', 'failureThreshold: 1', 'failureThreshold: 0 #!\n     '],
  [
    'error extension-value',
    'x-downstreams: { gateway: { outageSeconds: 225,',
    'x-downstreams: { gateway: { outageSeconds: 225, firstProbeSeconds: 301, #!\n     ',
  ],
  ['warning outage-not-outlasted', 'outageSeconds: 225', 'outageSeconds: 226 #!\n     '],
  [
    'warning outage-not-outlasted',
    'x-downstreams: { gateway: { outageSeconds: 225, failureThreshold: 1 } }',
    'x-delivery: { maxReceiveCount: 1000 }\n    x-downstreams: { gateway: { outageSeconds: 345601, maximumProbeSeconds: 43200 } } #!',
  ],
  [
    'warning outage-not-outlasted',
    'x-downstreams: { gateway: { outageSeconds: 225, failureThreshold: 1 } }',
    'x-delivery: { type: function, retryAttempts: 1 }\n    x-downstreams: { gateway: { outageSeconds: 61 } } #!',
  ],
  ['error delivery-option', 'type: queue, batchSize: 10', 'backoffFirstSeconds: 1000 #!\n     '],
  ['error delivery-option', 'type: queue, batchSize: 10', 'type: function, concurrency: 5 #!\n     '],
  ['error extension-value', 'type: queue, batchSize: 10', 'backoffMaximumSeconds: 43201 #!\n     '],
  ['error extension-value', 'aboveBytes: 1000', 'aboveBytes: -1 #!\n     '],
  ['error extension-field', 'aboveBytes: 1000', 'aboveByte: 1000 #!\n     '],
  ['error extension-value', 'aboveBytes: 1000', 'expireDays: 0 #!\n     '],
  ['error extension-value', '[/bundle, /customer/tier]', '[bundle] #!\n     '],
  ['warning claim-expires', 'aboveBytes: 1000', 'expireDays: 13 #!\n     '],
  ['error claim-field', '[/bundle, /customer/tier]', '[/customer/tier,\n      /items #!\n      ]'],
  ['error claim-field', '[/bundle, /customer/tier]', '[/customer/tier, /bundl] #!\n     '],
  [
    'error claim-filter',
    'x-filter: { customer: { tier: [gold] } }',
    'x-filter: { customer: { tier: [gold] }, bundle: [{ prefix: b }], spares: [{ exists: true }] } #!',
  ],
  // Names
  [
    'error name-collision',
    "Lost: { $ref: '#/components/messages/Lost' } }",
    'Lost: { name: sent, payload: { type: object } } } #!',
  ],
  [
    'error name-collision',
    '  count:',
    "  Charge: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: payments, x-delivery: { handler: payments/other } }\n  count:",
  ],
  ['error name-collision', 'sns: { name: prices }', 'sns: { name: parcels }'],
  [
    'error name-collision',
    '\noperations:\n',
    "\n  url: #!\n    address: url\n    messages: { Url: { $ref: '#/components/messages/Job' } }\n    bindings: { sqs: { queue: { name: url, fifoQueue: false } } }\noperations:\n  url: { action: receive, channel: { $ref: '#/channels/url' }, x-service: work }\n  feedUrl: { action: send, channel: { $ref: '#/channels/url' }, x-service: feeder }\n",
  ],
  ['error name-collision', '  pack: {', '  outbox: {'],
  ['error name-collision', '  pack: {', '  outbox-relay: {'],
  ['error name-collision', 'x-gather: {', 'x-delivery: { handler: bundling/outbox-relay }, x-gather: {'],
  // Checks
  [
    'error undeclared-field',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { markt: [eu] } #!\n    x-delivery',
  ],
  [
    'error undeclared-field',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { lines: { skew: [a] } } #!\n    x-delivery',
  ],
  [
    'error filter-never-matches',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { market: [uk, EU] } #!\n    x-delivery',
  ],
  [
    'error filter-never-matches',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter:\n      market: [eu]\n      total: [much] #!\n    x-delivery',
  ],
  [
    'error filter-never-matches',
    'x-filter: { market: [eu] }\n    x-delivery',
    "x-filter: { total: [{ numeric: ['<', 0] }] } #!\n    x-delivery",
  ],
  [
    'warning filter-misses-message',
    '  count:',
    "  few:\n    action: receive\n    channel: { $ref: '#/channels/mixed' }\n    x-service: mixed\n    x-filter: { b: [x] } #!\n  count:",
  ],
  [
    'warning filter-misses-message',
    '  count:',
    "  few:\n    action: receive\n    channel: { $ref: '#/channels/mixed' }\n    x-service: mixed\n    x-filter: { a: [two] } #!\n  count:",
  ],
  [
    'warning filter-dead-alternative',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { market: [eu, uk] } #!\n    x-delivery',
  ],
  [
    'warning filter-always-matches',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { market: [eu], orderId: [{ exists: true }] } #!\n    x-delivery',
  ],
  [
    'warning filter-condition-replaced',
    'x-filter: { market: [eu] }\n    x-delivery',
    'x-filter: { $or: [{ market: [us] }, { total: [5] }], market: [eu] } #!\n    x-delivery',
  ],
  [
    'warning filter-repeated',
    '  count:',
    "  chargeToo: { action: receive, channel: { $ref: '#/channels/orders' }, messages: [{ $ref: '#/channels/orders/messages/OrderPlaced' }], x-service: payments, x-filter: { market: [eu] } } #!\n  count:",
  ],
  [
    'error filter-not-a-header',
    'x-filter: { market: [eu] }\n    x-filter-scope',
    'x-filter: { coupon: [eu] } #!\n    x-filter-scope',
  ],
  [
    'error queue-filter-deletes',
    'x-service: work, x-delivery: { maxReceiveCount: 4 } }',
    'x-service: work, x-filter: { kind: [a] } } #!',
  ],
  [
    'warning received-twice',
    '  count:',
    "  chargeAgain: { action: receive, channel: { $ref: '#/channels/orders' }, messages: [{ $ref: '#/channels/orders/messages/OrderPlaced' }], x-service: payments, x-consumer: charge } #!\n  count:",
  ],
  [
    'error shared-handler',
    'x-service: work, x-delivery: { maxReceiveCount: 4 } }',
    'x-service: work, x-delivery: { handler: payments/charge } } #!',
  ],
  [
    'error payload-not-object',
    "OrderPaid: { payload: { $ref: '#/components/schemas/Order' } }",
    'OrderPaid: { payload: { type: string } } #!',
  ],
  [
    'info unconsumed-event',
    '\noperations:\n',
    "\n  silent:\n    address: silent\n    messages: { Silence: { $ref: '#/components/messages/Job' } } #!\noperations:\n",
  ],
];

describe('the good spec', () => {
  it('has nothing to say about', async () => {
    const { diagnostics } = await understand(good);
    expect(brief(diagnostics)).toEqual([]);
  });
});

describe('each mistake is told once, at its line', () => {
  it.each(cases)('%s: %s becomes %s', async (code, from, to) => {
    expect(good.split(from)).toHaveLength(2);
    const bad = good.replace(from, () => to);
    const line = bad.split('\n').findIndex((text) => text.includes('#!')) + 1;
    const { diagnostics } = await understand(bad);
    const said = brief(diagnostics);
    if (line > 0) expect(said).toEqual([`${code} at ${line}`]);
    else expect(said.map((text) => text.replace(/ at \d+$/, ''))).toEqual([code]);
  });
});

describe('what to write instead is suggested', () => {
  it.each([
    ['batchSize: 10', 'batchsize: 10', '`batchSize`'],
    ['batchSize: 10', 'onInvalid: deadletter', '`deadLetter`'],
    ['type: queue, batchSize: 10', 'type: quue', '`queue`'],
    ['x-filter: { market: [eu] }\n    x-delivery', 'x-fitler: { market: [eu] }\n    x-delivery', '`x-filter`'],
    ['x-filter: { market: [eu] }\n    x-delivery', 'x-filter: { markt: [eu] }\n    x-delivery', '`market`'],
    ['x-filter: { market: [eu] }\n    x-filter-scope', 'x-filter: { coupon: [eu] }\n    x-filter-scope', '`market`'],
    ['address: stock\n    x-ordering: { key: /sku }', 'address: stock\n    x-ordering: { key: /skku }', '`sku`'],
    ['x-split: /items', 'x-split: /itms', '`items`'],
    ['failureThreshold: 1', 'failureTreshold: 1', '`failureThreshold`'],
    ['x-gather: { timeoutSeconds: 60 }', 'x-gather: { timeoutSecond: 60 }', '`timeoutSeconds`'],
    ['x-gather: { timeoutSeconds: 60 }', 'x-gathr: { timeoutSeconds: 60 }', '`x-gather`'],
    [
      'x-gather: { timeoutSeconds: 60 }',
      'x-delivery: { maxReceiveCount: 2 }, x-gather: { timeoutSeconds: 172800 }',
      '`maxReceiveCount: 9`',
    ],
    ['x-split: /items', 'x-splitt: /items', '`x-split`'],
    ['x-downstreams: { gateway', 'x-downstream: { gateway', '`x-downstreams`'],
    ['x-claim-check: { aboveBytes', 'x-claimcheck: { aboveBytes', '`x-claim-check`'],
    ['x-claim-check: { aboveBytes', 'x-claim-check: { abovBytes', '`aboveBytes`'],
    ['x-idempotency: { key: /orderId }', 'x-idempotency: { keys: /orderId }', '`key`'],
    ['x-idempotency: { key: /orderId }', 'x-idempotency: { key: /orderID }', '`orderId`'],
    ['outageSeconds: 225', 'outageSeconds: 226', '`maxReceiveCount: 6`'],
    ['[/bundle, /customer/tier]', '[/customer/teir]', '`tier`'],
    ['x-outbox: true', 'x-outbxo: true', '`x-outbox`'],
    ["$ref: '#/channels/orders/messages/OrderPaid'", "$ref: '#/channels/orders/messages/OrderPiad'", '"OrderPaid"'],
    [
      "$ref: '#/channels/orders/messages/OrderPaid'",
      "$ref: '#/components/messages/OrderPaid'",
      '#/channels/<channel>/messages/<message>',
    ],
    [
      'x-filter-scope: attributes',
      "messages: [{ $ref: '#/channels/prices/messages/Raised' }]",
      '`x-filter-scope: attributes`',
    ],
    [
      '    bindings: { sns: { name: parcels, bindingVersion: 1.0.0 } }',
      '    bindings: { sns: { name: parcels.fifo, ordering: { type: FIFO } } }',
      'SNS FIFO',
    ],
  ])('%s becomes %s', async (from, to, suggestion) => {
    expect(good.split(from)).toHaveLength(2);
    const { diagnostics } = await understand(good.replace(from, () => to));
    expect(diagnostics[0]?.help).toContain(suggestion);
  });
});
