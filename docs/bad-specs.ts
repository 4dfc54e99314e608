/**
 * A spec without a fault, and for some codes a change that gets it: fields replace those of the spec, `null` removes.
 * A change that starts with `asyncapi` is a whole spec.
 */
export const badSpecs: { readonly base: string; readonly changes: Readonly<Record<string, string>> } = {
  base: `asyncapi: 3.0.0
info: { title: Shop, version: 1.0.0 }
servers:
  shop: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  orders:
    address: shop.orders
    messages: { OrderPlaced: { $ref: '#/components/messages/OrderPlaced' } }
operations:
  placeOrder: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders }
  charge: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: payments }
components:
  messages:
    OrderPlaced:
      payload:
        type: object
        required: [orderId, total]
        properties: { orderId: { type: string }, total: { type: number, minimum: 0 }, market: { enum: [eu, us] } }
`,
  changes: {
    // Files
    'duplicate-key': 'asyncapi: 3.0.0\nasyncapi: 3.0.0\n',
    'syntax-error': 'asyncapi: 3.0.0\ninfo: { title: Shop\n',
    'asyncapi-version-unsupported': 'asyncapi: 4.0.0\n',
    'asyncapi-2': 'asyncapi: 2.6.0\n',
    'reference-not-found':
      "channels: { orders: { messages: { OrderPlaced: { $ref: '#/components/messages/OrderPlacd' } } } }\n",
    'reference-file-not-found': 'components: { messages: { OrderPlaced: { payload: { $ref: ./order.json } } } }\n',
    'reference-outside-folder': 'components: { messages: { OrderPlaced: { payload: { $ref: ../order.json } } } }\n',
    'remote-reference':
      "components: { messages: { OrderPlaced: { payload: { $ref: 'https://example.com/order.json' } } } }\n",
    // AsyncAPI
    'asyncapi-unknown-field': 'channels: { orders: { adress: shop.orders } }\n',
    'asyncapi-missing-field': 'info: { version: null }\n',
    'asyncapi-invalid-value': 'operations: { charge: { action: subscribe } }\n',
    'operation-message-not-in-channel':
      "operations: { charge: { messages: [{ $ref: '#/components/messages/OrderPlaced' }] } }\n",
    // Extensions, channels and operations
    'extension-typo': 'operations: { charge: { x-fitler: { market: [eu] } } }\n',
    'misplaced-extension': 'operations: { placeOrder: { x-filter: { market: [eu] } } }\n',
    'extension-field': 'operations: { charge: { x-delivery: { batchsize: 5 } } }\n',
    'extension-value': 'operations: { charge: { x-delivery: { timeoutSeconds: 901 } } }\n',
    'physical-name': 'servers: { shop: { x-eventbridge: { busName: my shop } } }\n',
    'channel-address': 'channels: { orders: { address: aws.orders } }\n',
    'ambiguous-bus': 'servers: { second: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge } }\n',
    'no-destination': 'servers: { shop: { protocol: kafka } }\n',
    'two-bindings':
      'channels: { orders: { bindings: { sns: { name: orders }, sqs: { queue: { name: orders, fifoQueue: false } } } } }\n',
    'binding-value': 'channels: { orders: { bindings: { sns: { name: orders, bindingVersion: 9.0.0 } } } }\n',
    'missing-service': 'operations: { charge: { x-service: null } }\n',
    'no-messages-selected': 'operations: { charge: { messages: [] } }\n',
    'message-without-payload': 'components: { messages: { OrderPlaced: { payload: null } } }\n',
    'content-type': 'components: { messages: { OrderPlaced: { contentType: text/xml } } }\n',
    'channel-without-messages': 'channels: { orders: { messages: null } }\n',
    'invalid-emits': "operations: { charge: { x-emits: [{ $ref: '#/components/messages/OrderPlaced' }] } }\n",
    'invalid-filter': 'operations: { charge: { x-filter: { market: eu } } }\n',
    'filter-scope': 'operations: { charge: { x-filter: { market: [eu] }, x-filter-scope: attributes } }\n',
    'filter-not-supported': `channels: { orders: { bindings: { sns: { name: orders } } } }
operations: { charge: { x-filter: { orderId: [{ wildcard: 'a*z' }] } } }
`,
    'filter-rest-unused': 'operations: { charge: { x-filter: { market: [eu] }, x-filter-rest: handler } }\n',
    'filter-number': "operations: { charge: { x-filter: { total: [{ numeric: ['>', 5000000001] }] } } }\n",
    'delivery-option': 'operations: { charge: { x-delivery: { batchSize: 100 } } }\n',
    'function-delivery': `channels: { orders: { bindings: { sqs: { queue: { name: orders, fifoQueue: false } } } } }
operations: { charge: { x-delivery: { type: function } } }
`,
    'queue-consumers': `channels: { orders: { bindings: { sqs: { queue: { name: orders, fifoQueue: false } } } } }
operations: { audit: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: audit } }
`,
    'fifo-over-bus':
      "channels: { orders: { servers: [{ $ref: '#/servers/shop' }], bindings: { sns: { name: orders.fifo, ordering: { type: FIFO } } } } }\n",
    'fifo-mismatch': `channels:
  stock: { address: stock, x-ordering: { key: /sku }, messages: { Counted: { payload: { type: object, required: [sku], properties: { sku: { type: string } } } } }, bindings: { sns: { name: stock.fifo, ordering: { type: FIFO } } } }
operations:
  count: { action: send, channel: { $ref: '#/channels/stock' }, x-service: warehouse }
  charge: { x-consumer: books }
  bookStock: { action: receive, channel: { $ref: '#/channels/stock' }, x-service: payments, x-consumer: books }
`,
    'fifo-without-ordering':
      'channels: { orders: { bindings: { sns: { name: orders.fifo, ordering: { type: FIFO } } } } }\n',
    'ordering-without-fifo': 'channels: { orders: { x-ordering: { key: /orderId } } }\n',
    'fairness-not-possible': 'channels: { orders: { x-fairness: { key: /orderId } } }\n',
    'delivery-option-missing': 'operations: { charge: { x-delivery: { type: email } } }\n',
    'delivery-route': 'operations: { charge: { x-delivery: { type: email, addresses: [desk@shop.example] } } }\n',
    'delivery-loop': 'operations: { charge: { x-delivery: { type: bus, busName: shop } } }\n',
    'delivery-without-handler':
      'operations: { charge: { x-delivery: { type: log }, x-idempotency: { key: /orderId } } }\n',
    'claim-without-handler': `channels: { orders: { x-claim-check: { keep: [] } } }
operations: { charge: { x-delivery: { type: log } } }
`,
    'secret-in-spec': `operations:
  charge:
    x-delivery:
      type: endpoint
      url: https://partner.example/orders
      authorization: { kind: basic, username: shop, secret: shop/partner, password: hunter2 }
`,
    'partition-field':
      'operations: { charge: { x-delivery: { type: stream, kind: kinesis, partitionKey: /market } } }\n',
    'workflow-shape': workflow('{ States: { Pay: { Type: Pass, End: true } } }'),
    'workflow-state-type': workflow('{ StartAt: Pay, States: { Pay: { Type: Taks, End: true } } }'),
    'workflow-next': workflow('{ StartAt: Pay, States: { Pay: { Type: Pass, Next: Book } } }'),
    'workflow-end': workflow('{ StartAt: Pay, States: { Pay: { Type: Pass } } }'),
    'workflow-unreachable': workflow(
      '{ StartAt: Pay, States: { Pay: { Type: Pass, End: true }, Book: { Type: Pass, End: true } } }',
    ),
    'workflow-query-language': workflow(
      '{ QueryLanguage: JSONata, StartAt: Pay, States: { Pay: { Type: Pass, ResultPath: $.paid, End: true } } }',
    ),
    'workflow-express': workflow(
      "{ StartAt: Pay, States: { Pay: { Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', End: true } } }",
      'kind: express, ',
    ),
    'workflow-substitution': workflow(
      "{ StartAt: Pay, States: { Pay: { Type: Pass, Result: '${EVENTLOOM_BUS_SHOP}', End: true } } }",
    ),
    'workflow-emits': workflow(
      "{ StartAt: Pay, States: { Pay: { Type: Task, Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ Source: shop.orders, DetailType: OrderPaid }] }, End: true } } }",
    ),
    'key-field': 'operations: { charge: { x-idempotency: { key: /orderid } } }\n',
    'key-field-optional': 'operations: { charge: { x-idempotency: { key: /market } } }\n',
    'split-emits':
      'operations: { charge: { x-split: /lines } }\ncomponents: { messages: { OrderPlaced: { payload: { required: [lines], properties: { lines: { type: array } } } } } }\n',
    'split-field':
      "operations: { charge: { x-split: /lines, x-emits: [{ $ref: '#/channels/orders/messages/OrderPlaced' }] } }\n",
    'split-field-optional': `operations: { charge: { x-split: /lines, x-emits: [{ $ref: '#/channels/orders/messages/OrderPlaced' }] } }
components: { messages: { OrderPlaced: { payload: { properties: { lines: { type: array } } } } } }
`,
    'gather-not-possible':
      'operations: { charge: { x-delivery: { type: function }, x-gather: { timeoutSeconds: 600 } } }\n',
    'gather-outlives-queue': gathering('x-gather: { timeoutSeconds: 604800 }, x-delivery: { maxReceiveCount: 20 }'),
    'gather-not-outlasted': gathering('x-gather: { timeoutSeconds: 259200 }'),
    'gather-key': gathering('x-gather: { timeoutSeconds: 600 }, x-idempotency: { key: /orderId }'),
    'outage-not-outlasted': 'operations: { charge: { x-downstreams: { gateway: { outageSeconds: 600 } } } }\n',
    'call-not-possible': 'operations: { charge: { x-callers: [orders] } }\n',
    'call-reply':
      "operations: { charge: { x-callers: [orders], x-delivery: { type: function }, reply: { address: { location: '$message.header#/replyTo' } } } }\n",
    'call-unknown-service': 'operations: { charge: { x-callers: [order], x-delivery: { type: function } } }\n',
    'claim-field': 'channels: { orders: { x-claim-check: { keep: [/orderid] } } }\n',
    'claim-expires': 'channels: { orders: { x-claim-check: { expireDays: 7 } } }\n',
    // Deployment
    'unknown-service': 'x-infrastructure: { services: { payment: { memoryMb: 512 } } }\n',
    'allowed-account-twice':
      "servers: { shop: { x-eventbridge: { allowAccounts: ['123456789012', { account: '123456789012' }] } } }\n",
    'allowed-event': `channels: { prices: { address: prices, bindings: { sns: { name: prices } }, messages: { Raised: { payload: { type: object } } } } }
servers: { shop: { x-eventbridge: { allowAccounts: [{ account: '123456789012', events: [{ $ref: '#/channels/prices/messages/Raised' }] }] } } }
`,
    'schema-registry-lossy': `servers: { shop: { x-eventbridge: { schemaRegistry: true } } }
components: { messages: { OrderPlaced: { payload: { properties: { orderId: { pattern: '(?<=order-)\\d+' } } } } } }
`,
    'two-values': `operations:
  charge: { x-consumer: money, x-delivery: { timeoutSeconds: 10 } }
  refund: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: payments, x-consumer: money, x-delivery: { timeoutSeconds: 20 } }
`,
    'name-collision':
      "operations: { Charge: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: payments } }\n",
    // Documentation
    'docs-file': 'x-docs: { logo: ./logo.gif }\n',
    'docs-replacement': 'components: { messages: { OrderPlaced: { x-docs: { replacedBy: OrderPlacedV2 } } } }\n',
    'docs-status':
      'components: { messages: { OrderPlaced: { x-docs: { status: stable, deprecated: Use the other one. } } } }\n',
    'docs-link': "info: { externalDocs: { url: 'ftp://shop.example/docs' } }\n",
    // Ingress
    'ingress-incomplete': 'operations: { placeOrder: { x-ingress: { type: http } } }\n',
    'ingress-option':
      'operations: { placeOrder: { x-ingress: { type: http, path: /orders, authorization: { kind: iam, scopes: [write] } } } }\n',
    'ingress-events': `channels: { orders: { messages: { OrderPaid: { payload: { type: object } } } } }
operations: { placeOrder: { x-ingress: { type: queue } } }
`,
    'ingress-target': `channels: { orders: { bindings: { sns: { name: orders } } } }
operations: { placeOrder: { x-ingress: { type: queue } } }
`,
    'ingress-header': `channels: { orders: { bindings: { sns: { name: orders } } } }
operations: { placeOrder: { x-ingress: { type: http, path: /orders } } }
components: { messages: { OrderPlaced: { headers: { type: object, required: [tenant], properties: { tenant: { type: string } } } } } }
`,
    'ingress-path': 'operations: { placeOrder: { x-ingress: { type: http, path: /orders/ } } }\n',
    'ingress-parameter': "operations: { placeOrder: { x-ingress: { type: http, path: '/orders/{markt}' } } }\n",
    'ingress-path-taken': `operations:
  placeOrder: { x-ingress: { type: http, path: /orders } }
  orderAgain: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders, x-ingress: { type: http, path: /orders } }
`,
    'ingress-authorizer': `operations:
  placeOrder: { x-ingress: { type: http, path: /orders, authorization: { kind: jwt, issuer: 'https://login.example.com', audience: shop } } }
  orderAgain: { action: send, channel: { $ref: '#/channels/orders' }, x-service: orders, x-ingress: { type: http, path: /again, authorization: { kind: jwt, issuer: 'https://login.example.com', audience: desk } } }
`,
    'ingress-open':
      'operations: { placeOrder: { x-ingress: { type: http, path: /orders, authorization: { kind: none } } } }\n',
    'ingress-payload':
      'operations: { placeOrder: { x-ingress: { type: schedule, rate: 1 day, payload: { orderId: daily, total: free } } } }\n',
    'ingress-unchecked': `operations: { placeOrder: { x-ingress: { type: http, path: /orders } } }
components: { messages: { OrderPlaced: { payload: { properties: { site: { type: string, format: uri } } } } } }
`,
    // Schemas
    'schema-invalid': 'components: { messages: { OrderPlaced: { payload: { required: orderId } } } }\n',
    'schema-pattern':
      "components: { messages: { OrderPlaced: { payload: { properties: { orderId: { pattern: '(' } } } } } }\n",
    'schema-keyword':
      'components: { messages: { OrderPlaced: { payload: { properties: { orderId: { maxLenght: 5 } } } } } }\n',
    'schema-unknown-format':
      'components: { messages: { OrderPlaced: { payload: { properties: { orderId: { format: guid } } } } } }\n',
    'schema-required': 'components: { messages: { OrderPlaced: { payload: { required: [orderid] } } } }\n',
    'schema-object-type':
      'components: { messages: { OrderPlaced: { payload: { properties: { customer: { properties: { tier: { type: string } } } } } } } }\n',
    'schema-default':
      'components: { messages: { OrderPlaced: { payload: { properties: { total: { default: free } } } } } }\n',
    // The system
    'unconsumed-event':
      "channels: { orders: { messages: { OrderPaid: { payload: { type: object } } } } }\noperations: { charge: { messages: [{ $ref: '#/channels/orders/messages/OrderPlaced' }] } }\n",
    'unfed-consumer': `channels: { orders: { messages: { OrderPaid: { payload: { type: object } } } } }
operations: { placeOrder: { messages: [{ $ref: '#/channels/orders/messages/OrderPlaced' }] } }
`,
    'event-loop': "operations: { charge: { x-emits: [{ $ref: '#/channels/orders/messages/OrderPlaced' }] } }\n",
    'fan-out-proposed': `operations:
${[1, 2, 3, 4, 5].map((number) => `  listen${number}: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: listener-${number} }`).join('\n')}
`,
    'payload-not-object':
      'components: { messages: { OrderPlaced: { payload: { type: array, required: null, properties: null } } } }\n',
    'undeclared-field': 'operations: { charge: { x-filter: { markt: [eu] } } }\n',
    'filter-never-matches': 'operations: { charge: { x-filter: { market: [ru] } } }\n',
    'filter-dead-alternative': 'operations: { charge: { x-filter: { market: [eu, ru] } } }\n',
    'filter-always-matches': 'operations: { charge: { x-filter: { market: [eu], total: [{ exists: true }] } } }\n',
    'filter-condition-replaced':
      'operations: { charge: { x-filter: { $or: [{ market: [us] }, { total: [0] }], market: [eu] } } }\n',
    'filter-repeated': `operations:
  charge: { x-filter: { market: [eu] } }
  refund: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: payments, x-filter: { market: [eu] } }
`,
    'queue-filter-deletes': `channels: { orders: { bindings: { sqs: { queue: { name: orders, fifoQueue: false } } } } }
operations: { charge: { x-filter: { market: [eu] } } }
`,
    'claim-filter': `channels: { orders: { x-claim-check: { keep: [/orderId] } } }
operations: { charge: { x-filter: { market: [eu] } } }
`,
    'received-twice': `operations:
  charge: { x-consumer: money }
  refund: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: payments, x-consumer: money }
`,
    'gather-without-split': 'operations: { charge: { x-gather: { timeoutSeconds: 600 } } }\n',
    // Limits
    'name-too-long': `channels: { orders: { bindings: { sqs: { queue: { name: ${'orders'.padEnd(70, '-of-the-shop')}, fifoQueue: false } } } } }\n`,
    'name-prefix': `channels: { orders: { bindings: { sqs: { queue: { name: ${'orders'.padEnd(60, '-of-the-shop')}, fifoQueue: false } } } } }\n`,
    'shared-handler': `operations:
  refund: { action: receive, channel: { $ref: '#/channels/orders' }, x-service: payments, x-delivery: { handler: payments/charge } }
`,
  },
};

/** A change after which the lines of an order are split, and gathered by an operation that says `what`. */
function gathering(what: string): string {
  return `channels:
  lines: { address: shop.lines, messages: { LinePicked: { payload: { type: object, required: [orderId], properties: { orderId: { type: string } } } } } }
operations:
  charge: { x-split: /lines, x-emits: [{ $ref: '#/channels/lines/messages/LinePicked' }] }
  ship: { action: receive, channel: { $ref: '#/channels/lines' }, x-service: shipping, ${what} }
components: { messages: { OrderPlaced: { payload: { required: [lines], properties: { lines: { type: array } } } } } }
`;
}

/** A consumer that is a workflow; its definition stands in the spec, so that all is in one file. */
function workflow(definition: string, options = ''): string {
  return `operations: { charge: { x-delivery: { type: workflow, ${options}definition: '#/components/x-charge' } } }
components: { x-charge: ${definition} }
`;
}
