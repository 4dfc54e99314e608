var __defProp = Object.defineProperty;
var __export = (target, all2) => {
  for (var name in all2)
    __defProp(target, name, { get: all2[name], enumerable: true });
};

// test/faults/run.ts
import { parseArgs } from "node:util";

// test/faults/play.ts
import { createLocalSystem } from "@eventloom/local";

// test/faults/effects.ts
var newEffects = () => ({ counts: /* @__PURE__ */ new Map(), orders: /* @__PURE__ */ new Map() });
function take({ counts, orders }, consumer, { id, account: account2 }) {
  const key = effectKey(consumer, id);
  counts.set(key, (counts.get(key) ?? 0) + 1);
  const lane = `${consumer} ${account2}`;
  orders.set(lane, [...orders.get(lane) ?? [], numberOf(id)]);
}
var effectKey = (consumer, id) => `${consumer} ${id}`;
var numberOf = (id) => Number(id.slice(id.lastIndexOf("-") + 1));

// test/faults/account.ts
var all = () => true;
var consumers = [
  { key: "ledger/bookTransfer", kind: "transfer", wants: all, once: true },
  { key: "risk/screenTransfer", kind: "transfer", wants: ({ amount }) => amount >= 500, once: false },
  { key: "mail/mailLine", kind: "line", wants: all, once: false },
  { key: "accounts/applyMovement", kind: "movement", wants: all, once: true },
  { key: "cashier/payOut", kind: "payout", wants: all, once: true }
];
var archive = { key: "archive/keepBooking", kind: "transfer", wants: all, once: true };
function account(system, effects, published) {
  const dead = new Map([...consumers, archive].map(({ key }) => [key, deadItems(system, key)]));
  const count = ({ key }, { id }) => effects.counts.get(effectKey(key, id)) ?? 0;
  const isDead = ({ key }, { id }) => dead.get(key)?.has(id) ?? false;
  const violations = [];
  for (const { item, kind, valid, accepted: accepted2 } of published) {
    for (const consumer of consumers) {
      if (consumer.kind !== kind || !consumer.wants(item)) continue;
      const times = count(consumer, item);
      if (accepted2 && times === 0 && !isDead(consumer, item)) violations.push(`lost: ${item.id} at ${consumer.key}`);
      if (!valid && times > 0) violations.push(`handled though invalid: ${item.id} at ${consumer.key}`);
      if (consumer.once && times > 1) violations.push(`twice: ${item.id} at ${consumer.key}, ${times} times`);
    }
    const [booking] = consumers;
    if (kind !== "transfer" || booking === void 0 || count(booking, item) === 0) continue;
    const kept = count(archive, item);
    if (kept === 0 && !isDead(archive, item)) violations.push(`lost: booking of ${item.id} at ${archive.key}`);
    if (kept > 1) violations.push(`twice: booking of ${item.id} at ${archive.key}`);
  }
  violations.push(...disorder(effects), ...silence(system));
  const accepted = published.filter((one) => one.accepted).length;
  return {
    requested: published.length,
    accepted,
    reported: published.length - accepted,
    handled: [...effects.counts.values()].reduce((sum, times) => sum + times, 0),
    deadLettered: [...dead.values()].reduce((sum, { size }) => sum + size, 0),
    violations
  };
}
function deadItems(system, consumer) {
  const bodies = system.deadLetters(consumer).map(({ body }) => body);
  return new Set(bodies.flatMap((body) => /(transfer|line|movement|payout)-\d+/.exec(body)?.[0] ?? []));
}
function disorder({ orders }) {
  return [...orders].flatMap(
    ([lane, numbers]) => lane.startsWith("accounts/applyMovement") && numbers.some((number, index) => number < (numbers[index - 1] ?? 0)) ? [`out of order: ${lane}: ${numbers.join(" ")}`] : []
  );
}
function silence(system) {
  return [...consumers, archive].flatMap(
    ({ key }) => system.deadLetters(key).flatMap(({ reason, event }) => reason ? [] : [`no reason: ${event.id} at ${key}`])
  );
}

// test/faults/chance.ts
function chanceOf(seed) {
  return (rate, ...subject) => hash(`${seed}|${subject.join("|")}`) / 2 ** 32 < rate;
}
function hash(text) {
  let state = 2166136261;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 16777619);
  state = Math.imul(state ^ state >>> 16, 2246822507);
  state = Math.imul(state ^ state >>> 13, 3266489909);
  return (state ^ state >>> 16) >>> 0;
}

// test/faults/generated/events/line-printed.validator.js
var add = (errors, instancePath, schema, keyword, params) => errors.push({ instancePath, schemaPath: `${schema}/${keyword}`, keyword, params });
function validateLinePrinted(data, { instancePath = "" } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.account === void 0) {
      errors = add(vErrors ??= [], instancePath, "#", "required", { missingProperty: "account" });
    }
    if (data.amount === void 0) {
      errors = add(vErrors ??= [], instancePath, "#", "required", { missingProperty: "amount" });
    }
    if (data.id === void 0) {
      errors = add(vErrors ??= [], instancePath, "#", "required", { missingProperty: "id" });
    }
    if (data.account !== void 0) {
      let data0 = data.account;
      if (typeof data0 !== "string") {
        errors = add(vErrors ??= [], instancePath + "/account", "#/properties/account", "type", { type: "string" });
      }
    }
    if (data.amount !== void 0) {
      let data1 = data.amount;
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          errors = add(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "minimum", { comparison: ">=", limit: 0 });
        }
      } else {
        errors = add(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "type", { type: "number" });
      }
    }
    if (data.id !== void 0) {
      let data2 = data.id;
      if (typeof data2 !== "string") {
        errors = add(vErrors ??= [], instancePath + "/id", "#/properties/id", "type", { type: "string" });
      }
    }
  } else {
    errors = add(vErrors ??= [], instancePath, "#", "type", { type: "object" });
  }
  validateLinePrinted.errors = vErrors;
  return errors === 0;
}

// test/faults/generated/events/money-moved.validator.js
var add2 = (errors, instancePath, schema, keyword, params) => errors.push({ instancePath, schemaPath: `${schema}/${keyword}`, keyword, params });
function validateMoneyMoved(data, { instancePath = "" } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.account === void 0) {
      errors = add2(vErrors ??= [], instancePath, "#", "required", { missingProperty: "account" });
    }
    if (data.amount === void 0) {
      errors = add2(vErrors ??= [], instancePath, "#", "required", { missingProperty: "amount" });
    }
    if (data.id === void 0) {
      errors = add2(vErrors ??= [], instancePath, "#", "required", { missingProperty: "id" });
    }
    if (data.account !== void 0) {
      let data0 = data.account;
      if (typeof data0 !== "string") {
        errors = add2(vErrors ??= [], instancePath + "/account", "#/properties/account", "type", { type: "string" });
      }
    }
    if (data.amount !== void 0) {
      let data1 = data.amount;
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          errors = add2(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "minimum", { comparison: ">=", limit: 0 });
        }
      } else {
        errors = add2(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "type", { type: "number" });
      }
    }
    if (data.id !== void 0) {
      let data2 = data.id;
      if (typeof data2 !== "string") {
        errors = add2(vErrors ??= [], instancePath + "/id", "#/properties/id", "type", { type: "string" });
      }
    }
  } else {
    errors = add2(vErrors ??= [], instancePath, "#", "type", { type: "object" });
  }
  validateMoneyMoved.errors = vErrors;
  return errors === 0;
}

// test/faults/generated/events/payout-requested.validator.js
var add3 = (errors, instancePath, schema, keyword, params) => errors.push({ instancePath, schemaPath: `${schema}/${keyword}`, keyword, params });
function validatePayoutRequested(data, { instancePath = "" } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.account === void 0) {
      errors = add3(vErrors ??= [], instancePath, "#", "required", { missingProperty: "account" });
    }
    if (data.amount === void 0) {
      errors = add3(vErrors ??= [], instancePath, "#", "required", { missingProperty: "amount" });
    }
    if (data.id === void 0) {
      errors = add3(vErrors ??= [], instancePath, "#", "required", { missingProperty: "id" });
    }
    if (data.account !== void 0) {
      let data0 = data.account;
      if (typeof data0 !== "string") {
        errors = add3(vErrors ??= [], instancePath + "/account", "#/properties/account", "type", { type: "string" });
      }
    }
    if (data.amount !== void 0) {
      let data1 = data.amount;
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          errors = add3(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "minimum", { comparison: ">=", limit: 0 });
        }
      } else {
        errors = add3(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "type", { type: "number" });
      }
    }
    if (data.id !== void 0) {
      let data2 = data.id;
      if (typeof data2 !== "string") {
        errors = add3(vErrors ??= [], instancePath + "/id", "#/properties/id", "type", { type: "string" });
      }
    }
  } else {
    errors = add3(vErrors ??= [], instancePath, "#", "type", { type: "object" });
  }
  validatePayoutRequested.errors = vErrors;
  return errors === 0;
}

// test/faults/generated/events/transfer-booked.validator.js
var add4 = (errors, instancePath, schema, keyword, params) => errors.push({ instancePath, schemaPath: `${schema}/${keyword}`, keyword, params });
function validateTransferBooked(data, { instancePath = "" } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.account === void 0) {
      errors = add4(vErrors ??= [], instancePath, "#", "required", { missingProperty: "account" });
    }
    if (data.amount === void 0) {
      errors = add4(vErrors ??= [], instancePath, "#", "required", { missingProperty: "amount" });
    }
    if (data.id === void 0) {
      errors = add4(vErrors ??= [], instancePath, "#", "required", { missingProperty: "id" });
    }
    if (data.account !== void 0) {
      let data0 = data.account;
      if (typeof data0 !== "string") {
        errors = add4(vErrors ??= [], instancePath + "/account", "#/properties/account", "type", { type: "string" });
      }
    }
    if (data.amount !== void 0) {
      let data1 = data.amount;
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          errors = add4(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "minimum", { comparison: ">=", limit: 0 });
        }
      } else {
        errors = add4(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "type", { type: "number" });
      }
    }
    if (data.id !== void 0) {
      let data2 = data.id;
      if (typeof data2 !== "string") {
        errors = add4(vErrors ??= [], instancePath + "/id", "#/properties/id", "type", { type: "string" });
      }
    }
  } else {
    errors = add4(vErrors ??= [], instancePath, "#", "type", { type: "object" });
  }
  validateTransferBooked.errors = vErrors;
  return errors === 0;
}

// test/faults/generated/events/transfer-requested.validator.js
var add5 = (errors, instancePath, schema, keyword, params) => errors.push({ instancePath, schemaPath: `${schema}/${keyword}`, keyword, params });
function validateTransferRequested(data, { instancePath = "" } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.account === void 0) {
      errors = add5(vErrors ??= [], instancePath, "#", "required", { missingProperty: "account" });
    }
    if (data.amount === void 0) {
      errors = add5(vErrors ??= [], instancePath, "#", "required", { missingProperty: "amount" });
    }
    if (data.id === void 0) {
      errors = add5(vErrors ??= [], instancePath, "#", "required", { missingProperty: "id" });
    }
    if (data.account !== void 0) {
      let data0 = data.account;
      if (typeof data0 !== "string") {
        errors = add5(vErrors ??= [], instancePath + "/account", "#/properties/account", "type", { type: "string" });
      }
    }
    if (data.amount !== void 0) {
      let data1 = data.amount;
      if (typeof data1 == "number") {
        if (data1 < 0 || isNaN(data1)) {
          errors = add5(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "minimum", { comparison: ">=", limit: 0 });
        }
      } else {
        errors = add5(vErrors ??= [], instancePath + "/amount", "#/properties/amount", "type", { type: "number" });
      }
    }
    if (data.id !== void 0) {
      let data2 = data.id;
      if (typeof data2 !== "string") {
        errors = add5(vErrors ??= [], instancePath + "/id", "#/properties/id", "type", { type: "string" });
      }
    }
  } else {
    errors = add5(vErrors ??= [], instancePath, "#", "type", { type: "object" });
  }
  validateTransferRequested.errors = vErrors;
  return errors === 0;
}

// test/faults/generated/services/accounts/apply-movement.ts
import { idempotent, queueBatchHandler, queueHandler } from "@eventloom/runtime";
function applyMovement(handle, ...features) {
  return queueHandler(definition, handle, [idempotent, ...features]);
}
var definition = {
  key: "accounts/applyMovement",
  service: "accounts",
  consumer: "applyMovement",
  onInvalid: "deadLetter",
  fifo: true,
  routes: ["sns"],
  receives: [{ name: "MoneyMoved", source: "movements", validate: validateMoneyMoved }],
  emits: [],
  idempotency: { key: "/id", ttlSeconds: 1296e3, replays: "run" }
};

// test/faults/generated/services/archive/keep-booking.ts
import { idempotent as idempotent2, queueBatchHandler as queueBatchHandler2, queueHandler as queueHandler2 } from "@eventloom/runtime";
function keepBooking(handle, ...features) {
  return queueHandler2(definition2, handle, [idempotent2, ...features]);
}
var definition2 = {
  key: "archive/keepBooking",
  service: "archive",
  consumer: "keepBooking",
  onInvalid: "deadLetter",
  fifo: false,
  routes: ["eventbridge-sns"],
  receives: [{ name: "TransferBooked", source: "bank.bookings", validate: validateTransferBooked }],
  emits: [],
  idempotency: { key: "/id", ttlSeconds: 1296e3, replays: "run" }
};

// test/faults/generated/services/cashier/pay-out.ts
import { idempotent as idempotent3, queueBatchHandler as queueBatchHandler3, queueHandler as queueHandler3 } from "@eventloom/runtime";
function payOut(handle, ...features) {
  return queueHandler3(definition3, handle, [idempotent3, ...features]);
}
var definition3 = {
  key: "cashier/payOut",
  service: "cashier",
  consumer: "payOut",
  onInvalid: "deadLetter",
  fifo: false,
  routes: ["sqs"],
  receives: [{ name: "PayoutRequested", source: "payouts", validate: validatePayoutRequested }],
  emits: [],
  idempotency: { key: "/id", ttlSeconds: 1296e3, replays: "run" }
};

// test/faults/generated/services/desk/publisher.ts
import { createPublisher } from "@eventloom/runtime";
function createDeskPublisher(options) {
  return createPublisher(definition4, options);
}
var definition4 = {
  service: "desk",
  operations: {
    moveMoney: [
      {
        name: "MoneyMoved",
        source: "movements",
        validate: validateMoneyMoved,
        destination: { kind: "topic", environmentVariable: "EVENTLOOM_TOPIC_MOVEMENTS" },
        headers: [],
        ordering: "/account"
      }
    ],
    printLine: [
      {
        name: "LinePrinted",
        source: "statements",
        validate: validateLinePrinted,
        destination: { kind: "topic", environmentVariable: "EVENTLOOM_TOPIC_STATEMENTS" },
        headers: []
      }
    ],
    requestPayout: [
      {
        name: "PayoutRequested",
        source: "payouts",
        validate: validatePayoutRequested,
        destination: { kind: "queue", environmentVariable: "EVENTLOOM_QUEUE_PAYOUTS" },
        headers: []
      }
    ],
    requestTransfer: [
      {
        name: "TransferRequested",
        source: "bank.transfers",
        validate: validateTransferRequested,
        destination: { kind: "bus", environmentVariable: "EVENTLOOM_BUS_BANK" },
        headers: [],
        maximumBytes: 1047552
      }
    ]
  }
};

// test/faults/generated/services/ledger/book-transfer.ts
import { emitting, idempotent as idempotent4, queueBatchHandler as queueBatchHandler4, queueHandler as queueHandler4 } from "@eventloom/runtime";
function bookTransfer(handle, ...features) {
  return queueHandler4(definition5, handle, [idempotent4, emitting, ...features]);
}
var definition5 = {
  key: "ledger/bookTransfer",
  service: "ledger",
  consumer: "bookTransfer",
  onInvalid: "deadLetter",
  fifo: false,
  routes: ["eventbridge"],
  receives: [{ name: "TransferRequested", source: "bank.transfers", validate: validateTransferRequested }],
  emits: [
    {
      name: "TransferBooked",
      source: "bank.bookings",
      validate: validateTransferBooked,
      destination: { kind: "bus", environmentVariable: "EVENTLOOM_BUS_BANK" },
      headers: [],
      maximumBytes: 261120
    }
  ],
  idempotency: { key: "/id", ttlSeconds: 1296e3, replays: "run" }
};

// test/faults/generated/services/mail/mail-line.ts
import { queueBatchHandler as queueBatchHandler5, queueHandler as queueHandler5 } from "@eventloom/runtime";
function mailLine(handle, ...features) {
  return queueHandler5(definition6, handle, features);
}
var definition6 = {
  key: "mail/mailLine",
  service: "mail",
  consumer: "mailLine",
  onInvalid: "deadLetter",
  fifo: false,
  routes: ["sns"],
  receives: [{ name: "LinePrinted", source: "statements", validate: validateLinePrinted }],
  emits: []
};

// test/faults/generated/services/risk/screen-transfer.ts
import { functionHandler } from "@eventloom/runtime";
function screenTransfer(handle, ...features) {
  return functionHandler(definition7, handle, features);
}
var definition7 = {
  key: "risk/screenTransfer",
  service: "risk",
  consumer: "screenTransfer",
  onInvalid: "deadLetter",
  fifo: false,
  routes: ["eventbridge"],
  receives: [{ name: "TransferRequested", source: "bank.transfers", validate: validateTransferRequested }],
  emits: []
};

// test/faults/generated/topology/consumers.ts
var consumers_exports = {};
__export(consumers_exports, {
  accountsApplyMovement: () => accountsApplyMovement,
  archiveKeepBooking: () => archiveKeepBooking,
  cashierPayOut: () => cashierPayOut,
  ledgerBookTransfer: () => ledgerBookTransfer,
  mailMailLine: () => mailMailLine,
  riskScreenTransfer: () => riskScreenTransfer
});

// test/faults/generated/topology/accounts/apply-movement.ts
var accountsApplyMovement = {
  key: "accounts/applyMovement",
  service: "accounts",
  consumer: "applyMovement",
  constructId: "ApplyMovement",
  description: null,
  handler: "accounts/applyMovement",
  routes: [
    {
      kind: "sns",
      operation: "applyMovement",
      constructId: "ApplyMovement",
      events: [{ name: "MoneyMoved", source: "movements" }],
      topic: "topic:movements",
      filterPolicy: null,
      filterPolicyScope: "MessageBody"
    }
  ],
  delivery: {
    type: "queue",
    timeoutSeconds: 30,
    memoryMb: 256,
    onInvalid: "deadLetter",
    batchSize: 10,
    batchingWindowSeconds: 0,
    maxConcurrency: null,
    maxReceiveCount: 5,
    visibilityTimeoutSeconds: 180,
    fifo: true
  },
  emits: [],
  idempotency: { key: "/id", ttlSeconds: 1296e3, replays: "run" }
};

// test/faults/generated/topology/archive/keep-booking.ts
var archiveKeepBooking = {
  key: "archive/keepBooking",
  service: "archive",
  consumer: "keepBooking",
  constructId: "KeepBooking",
  description: null,
  handler: "archive/keepBooking",
  routes: [
    {
      kind: "eventbridge-sns",
      operation: "keepBooking",
      constructId: "KeepBooking",
      events: [{ name: "TransferBooked", source: "bank.bookings" }],
      bus: "bus:bank",
      topic: "topic:bookings",
      eventPattern: { source: ["bank.bookings"], "detail-type": ["TransferBooked"] },
      filterPolicy: null,
      filterPolicyScope: "MessageBody"
    }
  ],
  delivery: {
    type: "queue",
    timeoutSeconds: 30,
    memoryMb: 256,
    onInvalid: "deadLetter",
    batchSize: 10,
    batchingWindowSeconds: 0,
    maxConcurrency: null,
    maxReceiveCount: 5,
    visibilityTimeoutSeconds: 180,
    fifo: false
  },
  emits: [],
  idempotency: { key: "/id", ttlSeconds: 1296e3, replays: "run" }
};

// test/faults/generated/topology/cashier/pay-out.ts
var cashierPayOut = {
  key: "cashier/payOut",
  service: "cashier",
  consumer: "payOut",
  constructId: "PayOut",
  description: null,
  handler: "cashier/payOut",
  routes: [
    {
      kind: "sqs",
      operation: "payOut",
      constructId: "PayOut",
      events: [{ name: "PayoutRequested", source: "payouts" }],
      queue: "queue:payouts",
      mappingFilter: null
    }
  ],
  delivery: {
    type: "queue",
    timeoutSeconds: 30,
    memoryMb: 256,
    onInvalid: "deadLetter",
    batchSize: 10,
    batchingWindowSeconds: 0,
    maxConcurrency: null,
    maxReceiveCount: 5,
    visibilityTimeoutSeconds: 180,
    fifo: false
  },
  emits: [],
  idempotency: { key: "/id", ttlSeconds: 1296e3, replays: "run" }
};

// test/faults/generated/topology/ledger/book-transfer.ts
var ledgerBookTransfer = {
  key: "ledger/bookTransfer",
  service: "ledger",
  consumer: "bookTransfer",
  constructId: "BookTransfer",
  description: null,
  handler: "ledger/bookTransfer",
  routes: [
    {
      kind: "eventbridge",
      operation: "bookTransfer",
      constructId: "BookTransfer",
      events: [{ name: "TransferRequested", source: "bank.transfers" }],
      bus: "bus:bank",
      eventPattern: { source: ["bank.transfers"], "detail-type": ["TransferRequested"] }
    }
  ],
  delivery: {
    type: "queue",
    timeoutSeconds: 30,
    memoryMb: 256,
    onInvalid: "deadLetter",
    batchSize: 10,
    batchingWindowSeconds: 0,
    maxConcurrency: null,
    maxReceiveCount: 5,
    visibilityTimeoutSeconds: 180,
    fifo: false
  },
  emits: [{ name: "TransferBooked", source: "bank.bookings", destination: "bus:bank" }],
  idempotency: { key: "/id", ttlSeconds: 1296e3, replays: "run" }
};

// test/faults/generated/topology/mail/mail-line.ts
var mailMailLine = {
  key: "mail/mailLine",
  service: "mail",
  consumer: "mailLine",
  constructId: "MailLine",
  description: null,
  handler: "mail/mailLine",
  routes: [
    {
      kind: "sns",
      operation: "mailLine",
      constructId: "MailLine",
      events: [{ name: "LinePrinted", source: "statements" }],
      topic: "topic:statements",
      filterPolicy: null,
      filterPolicyScope: "MessageBody"
    }
  ],
  delivery: {
    type: "queue",
    timeoutSeconds: 30,
    memoryMb: 256,
    onInvalid: "deadLetter",
    batchSize: 10,
    batchingWindowSeconds: 0,
    maxConcurrency: null,
    maxReceiveCount: 5,
    visibilityTimeoutSeconds: 180,
    fifo: false
  },
  emits: [],
  idempotency: null
};

// test/faults/generated/topology/risk/screen-transfer.ts
var riskScreenTransfer = {
  key: "risk/screenTransfer",
  service: "risk",
  consumer: "screenTransfer",
  constructId: "ScreenTransfer",
  description: null,
  handler: "risk/screenTransfer",
  routes: [
    {
      kind: "eventbridge",
      operation: "screenTransfer",
      constructId: "ScreenTransfer",
      events: [{ name: "TransferRequested", source: "bank.transfers" }],
      bus: "bus:bank",
      eventPattern: {
        source: ["bank.transfers"],
        "detail-type": ["TransferRequested"],
        detail: { amount: [{ numeric: [">=", 500] }] }
      }
    }
  ],
  delivery: {
    type: "function",
    timeoutSeconds: 30,
    memoryMb: 256,
    onInvalid: "deadLetter",
    retryAttempts: 2,
    maxEventAgeSeconds: 21600
  },
  emits: [],
  idempotency: null
};

// test/faults/generated/topology/index.ts
var topology = {
  system: "savings-bank",
  destinations: [
    {
      kind: "bus",
      key: "bus:bank",
      constructId: "BankBus",
      environmentVariable: "EVENTLOOM_BUS_BANK",
      name: "bank",
      archive: null,
      description: null
    },
    {
      kind: "queue",
      key: "queue:payouts",
      constructId: "PayoutsQueue",
      environmentVariable: "EVENTLOOM_QUEUE_PAYOUTS",
      name: "payouts",
      description: null,
      fifo: false,
      contentBasedDeduplication: false,
      ordering: null,
      maxReceiveCount: 5,
      visibilityTimeoutSeconds: 180,
      deliveryDelaySeconds: 0,
      retentionSeconds: 345600
    },
    {
      kind: "topic",
      key: "topic:bookings",
      constructId: "BookingsTopic",
      environmentVariable: "EVENTLOOM_TOPIC_BOOKINGS",
      name: "bookings",
      description: null,
      fifo: false,
      contentBasedDeduplication: false,
      ordering: null,
      fedBy: { bus: "bus:bank", eventPattern: { source: ["bank.bookings"], "detail-type": ["TransferBooked"] } }
    },
    {
      kind: "topic",
      key: "topic:movements",
      constructId: "MovementsTopic",
      environmentVariable: "EVENTLOOM_TOPIC_MOVEMENTS",
      name: "movements.fifo",
      description: null,
      fifo: true,
      contentBasedDeduplication: false,
      ordering: { key: "/account" },
      fedBy: null
    },
    {
      kind: "topic",
      key: "topic:statements",
      constructId: "StatementsTopic",
      environmentVariable: "EVENTLOOM_TOPIC_STATEMENTS",
      name: "statements",
      description: null,
      fifo: false,
      contentBasedDeduplication: false,
      ordering: null,
      fedBy: null
    }
  ],
  services: [
    { name: "accounts", constructId: "Accounts", publishes: [] },
    { name: "archive", constructId: "Archive", publishes: [] },
    { name: "cashier", constructId: "Cashier", publishes: [] },
    {
      name: "desk",
      constructId: "Desk",
      publishes: [
        { name: "TransferRequested", source: "bank.transfers", destination: "bus:bank" },
        { name: "MoneyMoved", source: "movements", destination: "topic:movements" },
        { name: "PayoutRequested", source: "payouts", destination: "queue:payouts" },
        { name: "LinePrinted", source: "statements", destination: "topic:statements" }
      ]
    },
    { name: "ledger", constructId: "Ledger", publishes: [] },
    { name: "mail", constructId: "Mail", publishes: [] },
    { name: "risk", constructId: "Risk", publishes: [] }
  ],
  consumers: /* @__PURE__ */ Object.values(consumers_exports)
};

// test/faults/handlers.ts
import { PermanentError } from "@eventloom/runtime";
function makeHandlers(bench) {
  const { effects, chance } = bench;
  const work = (consumer, item, { attempt }) => {
    if (chance(4e-3, "hopeless", consumer, item.id)) throw new PermanentError("refused", { code: "refused" });
    if (chance(4e-3, "poison", consumer, item.id)) throw new Error("fails at every attempt");
    if (chance(0.08, "transient", consumer, item.id, attempt)) throw new Error("failed this time");
    take(effects, consumer, item);
  };
  const load = (handler) => {
    const shaken = shake(handler, bench);
    return async () => ({ handler: shaken });
  };
  return {
    "ledger/bookTransfer": load(
      bookTransfer(async ({ payload }, context) => {
        await context.publish("TransferBooked", payload);
        work("ledger/bookTransfer", payload, context);
      })
    ),
    "risk/screenTransfer": load(
      screenTransfer(({ payload }, context) => work("risk/screenTransfer", payload, context))
    ),
    "archive/keepBooking": load(keepBooking(({ payload }, context) => work("archive/keepBooking", payload, context))),
    "mail/mailLine": load(mailLine(({ payload }, context) => work("mail/mailLine", payload, context))),
    "accounts/applyMovement": load(
      applyMovement(({ payload }, context) => work("accounts/applyMovement", payload, context))
    ),
    "cashier/payOut": load(payOut(({ payload }, context) => work("cashier/payOut", payload, context)))
  };
}
function shake(handler, { chance, sabotage: sabotage2 }) {
  const inner = sabotage2.handler?.(handler) ?? handler;
  const respond = async (input, context) => {
    const id = context.awsRequestId;
    if (chance(0.03, "crash before", id)) throw new Error("The container died before the handler began");
    if (chance(0.03, "twice at once", id)) {
      const [answer2, other] = await Promise.all([inner(input, context), inner(input, context)]);
      return failuresOfBoth(answer2, other);
    }
    const answer = await inner(input, context);
    if (chance(0.03, "twice in turn", id)) await inner(input, context).catch(() => {
    });
    if (chance(0.02, "crash after", id)) throw new Error("The container died before it could answer");
    return answer;
  };
  return Object.assign(respond, handler);
}
function failuresOfBoth(one, other) {
  const listed = (answer) => answer?.batchItemFailures ?? [];
  const others = new Set(listed(other).map(({ itemIdentifier }) => itemIdentifier));
  return { batchItemFailures: listed(one).filter(({ itemIdentifier }) => others.has(itemIdentifier)) };
}

// test/faults/produce.ts
import { isEventloomError } from "@eventloom/runtime";
var kinds = ["transfer", "line", "movement", "payout"];
async function produce(system, events, chance) {
  const desk = createDeskPublisher({ clients: system.clients, environment: system.environment, clock: still(system) });
  const published = [];
  for (let number = 0; number < events; number++) {
    const kind = kinds[number % kinds.length] ?? "line";
    const valid = !chance(0.01, "invalid", number);
    const item = { id: `${kind}-${number}`, account: `a${number % 7}`, amount: valid ? number * 37 % 1e3 : -1 };
    published.push({ kind, item, valid, accepted: await isAccepted(desk, kind, item, valid) });
    if (number % 200 === 199) await system.advance(1e4);
  }
  return published;
}
var still = (system) => ({ now: () => system.now(), sleep: async () => {
} });
async function isAccepted(desk, kind, item, validate) {
  const send = {
    transfer: desk.requestTransfer,
    line: desk.printLine,
    movement: desk.moveMoney,
    payout: desk.requestPayout
  }[kind];
  try {
    const { id } = await send(item, { validate });
    if (!id) throw new Error(`No id for ${item.id}`);
    return true;
  } catch (error) {
    if (isEventloomError(error, "PublishError")) return false;
    throw error;
  }
}

// test/faults/wire-faults.ts
import { AwsError } from "@eventloom/local";
function wireFaults(chance) {
  let requests = 0;
  return [
    (call, next) => {
      const request = ++requests;
      const about = `${call.service}.${call.operation}`;
      if (isDeadLetter(call.input) && chance(0.1, "dead-letter queue out", request)) throw outage(about);
      if (call.service === "events" && chance(0.03, "throttled", request)) {
        throw new AwsError("ThrottlingException", "Rate exceeded");
      }
      if (chance(0.02, "outage", Math.floor(request / 6))) throw outage(about);
      const answer = next(call);
      if (chance(0.02, "reset", request)) throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
      return answer;
    },
    (call, next) => {
      if (call.operation !== "PutEvents") return next(call);
      return partly(call.input, (input) => next({ ...call, input }), chance, ++requests);
    }
  ];
}
var outage = (about) => new AwsError("InternalFailure", `${about} is out of order`, { status: 500 });
var isDeadLetter = ({ QueueUrl }) => /-dlq|dead/i.test(String(QueueUrl));
function partly(input, put, chance, request) {
  const entries = input.Entries;
  const fails = entries.map((_, index) => chance(0.1, "entry", request, index));
  const through = entries.filter((_, index) => !fails[index]);
  const answer = through.length > 0 ? put({ ...input, Entries: through }) : { Entries: [] };
  const rest = [...answer.Entries];
  const results = fails.map(
    (failed, index) => failed ? { ErrorCode: index % 2 ? "InternalFailure" : "ThrottlingException", ErrorMessage: "Try again" } : rest.shift() ?? {}
  );
  return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
}

// test/faults/play.ts
async function play(seed, events, sabotage2) {
  const chance = chanceOf(seed);
  const effects = newEffects();
  const system = createLocalSystem({
    topology,
    handlers: makeHandlers({ chance, effects, sabotage: sabotage2 }),
    seed,
    onLog: () => {
    },
    journalLimit: 1,
    interceptors: [...sabotage2.wire ? [sabotage2.wire] : [], ...wireFaults(chance)]
  });
  const published = await produce(system, events, chance);
  await system.settle();
  return account(system, effects, published);
}

// test/faults/sabotage.ts
import { createHash } from "node:crypto";
var replace = (handler, respond) => Object.assign(respond, handler);
var sabotages = {
  none: { found: "nothing" },
  "partial batch response": {
    found: "lost",
    handler: (handler) => replace(handler, async (input, context) => {
      await handler(input, context);
      return { batchItemFailures: [] };
    })
  },
  "rejection of a failed invocation": {
    found: "lost",
    handler: (handler) => replace(handler, (input, context) => handler(input, context).catch(() => null))
  },
  "retry of failed entries": {
    found: "lost",
    wire: (call, next) => {
      const answer = next(call);
      if (call.operation !== "PutEvents") return answer;
      const { Entries } = answer;
      const accepted = Entries.map(({ EventId }) => ({ EventId: EventId ?? "made-up" }));
      return { FailedEntryCount: 0, Entries: accepted };
    }
  },
  "sending to the dead-letter queue": {
    found: "lost",
    wire: (call, next) => {
      const { QueueUrl, MessageBody } = call.input;
      if (call.operation !== "SendMessage" || !/-dlq/.test(String(QueueUrl))) return next(call);
      return { MessageId: "made-up", MD5OfMessageBody: createHash("md5").update(String(MessageBody)).digest("hex") };
    }
  },
  "the lock of idempotency": {
    found: "twice",
    wire: (call, next) => {
      if (call.service !== "dynamodb" || call.operation !== "PutItem") return next(call);
      const {
        ConditionExpression: _,
        ExpressionAttributeNames: __,
        ExpressionAttributeValues: ___,
        ...input
      } = call.input;
      return next({ ...call, input });
    }
  },
  "the end of a FIFO group at its first failure": {
    found: "out of order",
    handler: (handler) => handler.consumer === "accounts/applyMovement" ? replace(handler, (input, context) => oneByOne(handler, input, context)) : handler
  }
};
async function oneByOne(handler, input, context) {
  const { Records } = input;
  const answers = [];
  for (const record of Records) answers.push(await handler({ Records: [record] }, context));
  return { batchItemFailures: answers.flatMap((answer) => answer?.batchItemFailures ?? []) };
}

// test/faults/run.ts
var { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    events: { type: "string", default: "400" },
    without: { type: "string", default: "none" }
  }
});
var sabotage = sabotages[values.without];
if (sabotage === void 0) throw new Error(`There is no protection "${values.without}"`);
for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.seeds); seed++) {
  console.log(JSON.stringify({ seed, ...await play(seed, Number(values.events), sabotage) }));
}
