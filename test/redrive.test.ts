import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { LocalSystem, LocalSystemOptions } from '@eventloom/local';
import { describe, expect, test } from 'vitest';
import { makeProject, type Outcome } from './support/project.ts';
import { redriveIn as redrive, systemOf } from './support/redrive.ts';
import { repository } from './support/repository.ts';
import { serve } from './support/served-system.ts';

const spec = `
asyncapi: 3.0.0
info: { title: Hotel, version: 1.0.0 }
servers:
  hotel: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  bookings:
    address: hotel.bookings
    servers: [{ $ref: '#/servers/hotel' }]
    messages: { RoomBooked: { payload: { type: object } } }
  rooms:
    address: hotel-rooms
    bindings: { sns: { name: hotel-rooms } }
    messages: { RoomVacated: { payload: { type: object } } }
operations:
  keepRegister: { action: receive, channel: { $ref: '#/channels/bookings' }, x-service: register, x-delivery: { type: queue, maxReceiveCount: 5 } }
  welcomeGuest: { action: receive, channel: { $ref: '#/channels/bookings' }, x-service: concierge, x-delivery: { type: function } }
  cleanRoom: { action: receive, channel: { $ref: '#/channels/rooms' }, x-service: cleaning, x-delivery: { type: queue, maxReceiveCount: 5 } }
  countRooms: { action: receive, channel: { $ref: '#/channels/rooms' }, x-service: audit, x-delivery: { type: function } }
`;

const keys = ['register/keepRegister', 'concierge/welcomeGuest', 'cleaning/cleanRoom', 'audit/countRooms'];

/** A hotel with a booking and a room that nobody could be told of. */
async function closedHotel(rates: NonNullable<LocalSystemOptions['faults']>['rates'] = {}) {
  const hotel = { isOpen: false, seen: [] as string[] };
  const handler = (input: unknown): void => {
    if (!hotel.isOpen) throw new RangeError('closed');
    hotel.seen.push(JSON.stringify(input));
  };
  const handlers = Object.fromEntries(keys.map((key) => [key, async () => ({ handler })]));
  const system = await systemOf(spec, { handlers, faults: { rates } });
  const entry = {
    EventBusName: 'hotel',
    Source: 'hotel.bookings',
    DetailType: 'RoomBooked',
    Detail: '{"guest":"Ada"}',
  };
  await system.clients.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
  const type = { DataType: 'String', StringValue: 'RoomVacated' };
  const id = { DataType: 'String', StringValue: 'room-1' };
  const TopicArn = 'arn:aws:sns:us-east-1:000000000000:hotel-rooms';
  await system.clients.sns.send(
    new PublishCommand({ TopicArn, Message: '{"room":"101"}', MessageAttributes: { type, id } }),
  );
  await system.settle();
  return { system, hotel };
}

const redriveIn = (system: LocalSystem, consumer: string, options: Readonly<Record<string, string>> = {}) =>
  redrive(system, { spec, consumer, options });

/** The command in a process of its own, which talks to the system over a socket. */
async function redriveOverSocket(system: LocalSystem, ...args: readonly string[]): Promise<Outcome> {
  const { folder, write } = makeProject();
  write({ 'asyncapi.yaml': spec });
  const env = { ...process.env, NO_COLOR: '1', ...(await serve(system)) };
  const bin = join(repository, 'generator/bin/eventloom.js');
  const child = spawn(process.execPath, [bin, 'redrive', ...args], { cwd: folder, env });
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    told.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    told.stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...told };
}

const rowOf = (system: LocalSystem, key: string) => system.report().consumers.find((row) => row.key === key);

const kinds = [
  ['queue', 'register/keepRegister', 'receives-exhausted', {}],
  ['function', 'concierge/welcomeGuest', 'RangeError', {}],
  ['rule', 'register/keepRegister', 'NO_PERMISSIONS', { ruleDeliveryForbidden: 1 }],
  ['rule', 'concierge/welcomeGuest', 'NO_PERMISSIONS', { ruleDeliveryForbidden: 1 }],
  // Raw delivery leaves no trace of who gave up.
  ['queue', 'cleaning/cleanRoom', 'receives-exhausted', { subscriptionDeliveryForbidden: 1 }],
  ['subscription', 'audit/countRooms', 'undelivered', { subscriptionDeliveryForbidden: 1 }],
] as const;

describe('eventloom redrive', () => {
  test.each(kinds)('brings back what a %s left on the queue of %s (%s)', async (kind, consumer, code, rates) => {
    const { system, hotel } = await closedHotel(rates);
    hotel.isOpen = true;
    expect(rowOf(system, consumer)).toMatchObject({ received: 1, deadLettered: 1 });

    const dry = await redriveIn(system, consumer, { 'dry-run': '' });
    expect(dry.json).toMatchObject({ messages: [{ kind, code, outcome: 'wouldRedrive' }] });
    expect(system.deadLetters(consumer)).toHaveLength(1);

    const run = await redriveIn(system, consumer);
    expect(run).toMatchObject({ exitCode: 0, json: { messages: [{ kind, code, outcome: 'redriven' }] } });
    await system.settle();
    expect(system.deadLetters(consumer)).toEqual([]);
    expect(rowOf(system, consumer)).toMatchObject({ received: 1, handled: 1, deadLettered: 0, redriven: 1 });
    expect(hotel.seen).toHaveLength(1);
  });

  test('does so as a process over sockets', async () => {
    const { system, hotel } = await closedHotel();
    hotel.isOpen = true;
    const { code, stdout, stderr } = await redriveOverSocket(system, 'audit/countRooms', '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ messages: [{ kind: 'function', outcome: 'redriven' }] });
    await system.settle();
    expect(rowOf(system, 'audit/countRooms')).toMatchObject({ handled: 1, deadLettered: 0, redriven: 1 });
  });

  test('of an unknown consumer suggests the one that was meant, and is wrong usage', async () => {
    const { system } = await closedHotel();
    const { code, stdout, stderr } = await redriveOverSocket(system, 'register/keepRegistre');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Did you mean "register/keepRegister"?');
  });
});
