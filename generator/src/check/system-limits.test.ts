import { type LimitId, limits } from '@eventloom/engine';
import { describe, expect, it } from 'vitest';
import {
  allowing,
  buses,
  called,
  count,
  emitting,
  fed,
  headed,
  message,
  named,
  publishing,
  queue,
  receive,
  registered,
  ruled,
  send,
  served,
  spec,
  topic,
  worded,
} from '../../../test/support/limit-specs.ts';
import { elsewhere } from '../../../test/support/limits-elsewhere.ts';
import { understand } from '../../../test/support/model-of.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EventModel } from '../model/event-model.ts';
import { stackLimits } from './stack-limits.ts';

interface Pair {
  readonly inside: string;
  readonly outside: string;
  /** What is said of the second. */
  readonly says: string;
  /** A part of the message that says it. */
  readonly about?: string;
}

/** What fits just so, and what just does not. */
const pairs: Readonly<Partial<Record<LimitId, readonly Pair[]>>> = {
  busesPerAccount: [{ inside: buses(100), outside: buses(101), says: 'warning buses-per-account' }],
  busPolicyCharacters: [{ inside: allowing(34), outside: allowing(35), says: 'warning bus-policy-size' }],
  queuePolicyBytes: [{ inside: ruled(63), outside: ruled(64), says: 'error queue-policy-size' }],
  managedPolicyCharacters: [
    { inside: emitting(57, 100, 2), outside: emitting(58, 100, 2), says: 'error role-policy-size' },
  ],
  rolePolicyCharacters: [{ inside: emitting(71, 110), outside: emitting(72, 110), says: 'error role-policy-size' }],
  managedPoliciesPerRole: [
    { inside: emitting(50, 100, 10), outside: emitting(50, 100, 11), says: 'warning role-policies' },
  ],
  functionEnvironmentBytes: [
    { inside: publishing(20, 100), outside: publishing(24, 100), says: 'error function-environment' },
    { inside: publishing(22, 100), outside: publishing(23, 100), says: 'warning function-environment-prefix' },
  ],
  queueNameCharacters: [
    {
      inside: named({ bindings: queue('q'.repeat(67)) }),
      outside: named({ bindings: queue('q'.repeat(68)) }),
      says: 'error name-too-long',
    },
    {
      inside: named({ bindings: queue('q'.repeat(56)) }),
      outside: named({ bindings: queue('q'.repeat(57)) }),
      says: 'warning name-prefix',
    },
  ],
  topicNameCharacters: [
    {
      inside: named({ bindings: topic('t'.repeat(256)) }),
      outside: named({ bindings: topic('t'.repeat(257)) }),
      says: 'error physical-name',
    },
    {
      inside: named({ bindings: topic('t'.repeat(245)) }),
      outside: named({ bindings: topic('t'.repeat(246)) }),
      says: 'warning name-prefix',
    },
  ],
  eventBusNameCharacters: [
    {
      inside: named({ bus: 'b'.repeat(256) }),
      outside: named({ bus: 'b'.repeat(257) }),
      says: 'error physical-name',
    },
    { inside: named({ bus: 'b'.repeat(245) }), outside: named({ bus: 'b'.repeat(246) }), says: 'warning name-prefix' },
  ],
  stackNameCharacters: [
    {
      inside: named({ title: 121 }),
      outside: named({ title: 122 }),
      says: 'error name-too-long',
      about: 'stack of service',
    },
    {
      inside: named({ title: 110 }),
      outside: named({ title: 111 }),
      says: 'warning name-prefix',
      about: 'stack of service `feeder`',
    },
  ],
  bucketNameCharacters: [
    {
      inside: named({ title: 28, more: { 'x-claim-check': {} } }),
      outside: named({ title: 29, more: { 'x-claim-check': {} } }),
      says: 'error name-too-long',
      about: 'bucket for claims',
    },
  ],
  tableNameCharacters: [
    {
      inside: named({ title: 241 }),
      outside: named({ title: 242 }),
      says: 'error name-too-long',
      about: 'outbox of service',
    },
  ],
  stackResources: [{ inside: ruled(400), outside: ruled(500), says: 'error resources-per-stack' }],
  functionNameCharacters: [
    { inside: called(44), outside: called(45), says: 'error name-too-long', about: 'function of consumer' },
    { inside: called(33), outside: called(34), says: 'warning name-prefix', about: 'function of consumer' },
  ],
  registryNameCharacters: [
    { inside: registered(53), outside: registered(54), says: 'warning name-prefix', about: 'schema registry' },
  ],
  detailTypeCharacters: [{ inside: worded(128, 6), outside: worded(129, 6), says: 'error message-name' }],
  eventSourceCharacters: [{ inside: worded(6, 256), outside: worded(6, 257), says: 'error channel-address' }],
  queueMessageAttributes: [{ inside: headed(7), outside: headed(8), says: 'error message-headers' }],
  restApiResources: [{ inside: served(299), outside: served(300), says: 'warning resources-per-api' }],
  eventPatternCharacters: [{ inside: fed(85), outside: fed(90), says: 'warning fed-pattern-size' }],
};

describe('every limit of AWS', () => {
  it('has a spec just inside and one just outside, or a reason why not', () => {
    const told = new Set<string>([...Object.keys(pairs), ...Object.values(elsewhere).flat()]);
    // Bounds of a field are held by its JSON Schema, those of filters by the tests of filters.
    const others = /(Minimum|Maximum)$|^(eventPattern|filterPolic|mappingFilter|rulesPerBus)/;
    const missing = Object.values(limits).filter(
      ({ id, kind }) => kind !== 'default' && !others.test(id) && !told.has(id),
    );
    expect(missing.map(({ id }) => id)).toEqual([]);
  });
});

async function said(text: string): Promise<readonly Diagnostic[]> {
  return (await understand(text)).diagnostics;
}

const cases = Object.entries(pairs).flatMap(([id, list]) => list.map((one) => [id, one.says, one] as const));

describe('a system just inside a limit passes, and one just outside is told', () => {
  it.each(cases)('%s: %s', async (id, _, { inside, outside, says, about = '' }) => {
    const found = async (text: string) =>
      (await said(text)).filter(
        ({ severity, code, message: told }) => `${severity} ${code}` === says && told.includes(about),
      );
    expect((await found(inside)).map(({ message: told }) => told)).toEqual([]);
    const [first, ...more] = await found(outside);
    expect(first, `${id} of ${outside.slice(0, 200)}`).toBeDefined();
    expect(first?.help).not.toBe('');
    expect(first?.origin.line).toBeGreaterThan(0);
    // A number that was found and the number that AWS allows.
    expect(first?.message).toContain(String(limits[id as LimitId].value));
    expect(more.length).toBeLessThan(3);
  });
});

describe('a quota that AWS has raised', () => {
  it('is what the spec is judged by', async () => {
    const codes = async (text: string) => (await said(text)).map(({ code }) => code);
    expect(await codes(allowing(35))).toContain('bus-policy-size');
    expect(await codes(allowing(35, { quotas: { busPolicyCharacters: 20_000 } }))).not.toContain('bus-policy-size');
    expect(await codes(allowing(35, { quotas: { busPolicyCharacters: 9_000 } }))).toContain('bus-policy-size');
  });

  it('is told how to be written', async () => {
    const [first] = (await said(buses(101))).filter(({ code }) => code === 'buses-per-account');
    expect(first?.help).toContain('x-infrastructure: { quotas: { busesPerAccount: 101 } }');
  });

  it('is refused when it is no quota, with a suggestion', async () => {
    const [first] = (await said(allowing(1, { quotas: { rulesPerBuss: 500 } }))).filter(
      ({ severity }) => severity === 'error',
    );
    expect(first).toMatchObject({ code: 'extension-field', help: 'Did you mean `rulesPerBus`?' });
  });
});

describe('an environment that the spec names', () => {
  const name = 'q'.repeat(60);

  it('is counted by its own length', async () => {
    const codes = async (environment: string) =>
      (await said(named({ bindings: queue(name) }, { environments: { [environment]: {} } }))).map(({ code }) => code);
    expect(await codes('dev')).not.toContain('name-too-long');
    expect(await codes('integration')).toContain('name-too-long');
    expect(await codes('dev')).not.toContain('name-prefix');
  });
});

describe('a service that is too large for one stack', () => {
  const consumers = (length: number) =>
    spec({
      channels: { orders: { address: 'orders', messages: { Placed: message } } },
      operations: {
        place: send('orders'),
        ...Object.fromEntries(
          count(length, (index) => [`take${index}`, receive('orders', { 'x-filter': { a: [index] } })]),
        ),
      },
    });

  it('gets several, and is told', async () => {
    const codes = async (text: string) => (await said(text)).map(({ severity, code }) => `${severity} ${code}`);
    expect(await codes(consumers(35))).not.toContain('info service-split');
    expect(await codes(consumers(60))).toContain('info service-split');
  });
});

describe('a template', () => {
  /** The model of a topic with five filtered consumers, whose policies are then made so long. */
  async function withPolicies(characters: number): Promise<EventModel> {
    const { model } = await understand(
      spec({
        channels: { orders: { address: 'orders', messages: { Placed: message }, bindings: { sns: {} } } },
        operations: {
          place: send('orders'),
          ...Object.fromEntries(
            count(5, (index) => [`take${index}`, receive('orders', { 'x-filter': { a: [index] } })]),
          ),
        },
      }),
    );
    const filterPolicy = { a: ['x'.repeat(characters)] };
    const services = model.system.services.map((service) => ({
      ...service,
      consumers: service.consumers.map((consumer) => ({
        ...consumer,
        wiring: {
          ...consumer.wiring,
          routes: consumer.wiring.routes.map((route) => (route.kind === 'sns' ? { ...route, filterPolicy } : route)),
        },
      })),
    }));
    return { ...model, system: { ...model.system, services } };
  }

  it('holds filter policies word for word', async () => {
    const most = limits.stackTemplateBytes.value;
    expect(stackLimits(await withPolicies(150_000))).toEqual([]);
    expect(stackLimits(await withPolicies(210_000))).toMatchObject([
      { code: 'template-size', severity: 'error', message: expect.stringContaining(String(most)) },
    ]);
  });
});
