import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { shopBus, topic, topologyOf } from '../fixtures/topology.ts';
import { createLocalSystem } from '../system.ts';
import { AwsError } from './aws-error.ts';
import type { Interceptor } from './call.ts';
import type { WireRequest } from './request-handler.ts';

const entry = { EventBusName: 'shop', Source: 's', DetailType: 'D', Detail: '{}' };

const shop = (...interceptors: Interceptor[]) =>
  createLocalSystem({ topology: topologyOf([shopBus, topic('orders')], []), handlers: {}, interceptors });

async function raw(request: Partial<WireRequest>): Promise<{ status: number; body: string }> {
  const { response } = await shop().requestHandler.handle({ method: 'POST', hostname: 'h', headers: {}, ...request });
  return { status: response.statusCode, body: new TextDecoder().decode(response.body as Uint8Array) };
}

test('a client of one’s own works over the request handler', async () => {
  const system = shop();
  const config = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: system.requestHandler,
  };
  const put = await new EventBridgeClient(config).send(new PutEventsCommand({ Entries: [entry] }));
  expect(put.FailedEntryCount).toBe(0);
  const TopicArn = system.environment.EVENTLOOM_TOPIC_ORDERS;
  const published = await new SNSClient(config).send(new PublishCommand({ TopicArn, Message: 'm' }));
  expect(published).toMatchObject({ MessageId: expect.any(String), $metadata: { httpStatusCode: 200 } });
});

test.each([
  ['not JSON', '{'],
  ['a list', '[]'],
  ['a wrong type', '{"Entries":{}}'],
  ['a wrong type within', '{"Entries":[{"Source":5}]}'],
  ['a wrong entry', '{"Entries":["x"]}'],
])('a JSON body that is %s is a SerializationException', async (_, body) => {
  const answer = await raw({ headers: { 'X-Amz-Target': 'AWSEvents.PutEvents' }, body });
  expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('"__type":"SerializationException"') });
});

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

test.each([
  ['no action', 'a=b', 'MissingAction'],
  ['an unknown action', 'Action=CreateTopic', 'InvalidAction'],
  [
    'nonsense for attributes',
    'Action=Publish&TopicArn=arn:aws:sns:us-east-1:000000000000:orders&MessageAttributes=x',
    'SerializationException',
  ],
])('a form with %s gives an XML error', async (_, body, code) => {
  const answer = await raw({ headers: form, body });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain(`<Error><Type>Sender</Type><Code>${code}</Code><Message>`);
});

test('a protocol that it does not speak is an error that says what it speaks', async () => {
  const request = raw({ headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' } });
  await expect(request).rejects.toThrow(/content type "application\/cbor".*It speaks AWS JSON/);
});

test('interceptors see every call, the first outermost, and may change, answer or refuse it', async () => {
  const seen: string[] = [];
  const outer: Interceptor = (call, next) => {
    seen.push(`outer ${call.service}.${call.operation} by ${call.caller.kind}`);
    return next(call);
  };
  const inner: Interceptor = (call, next) => {
    seen.push('inner');
    const [first] = call.input.Entries as (typeof entry)[];
    if (first?.Source === 'throttled') throw new AwsError('ThrottlingException', 'slow down');
    if (first?.Source === 'answered') return { FailedEntryCount: 0, Entries: [{ EventId: 'mine' }] };
    return next({ ...call, input: { Entries: [{ ...first, DetailType: 'Changed' }] } });
  };
  const system = shop(outer, inner);
  const put = (Source: string) =>
    system.clients.eventBridge.send(new PutEventsCommand({ Entries: [{ ...entry, Source }] }));
  expect((await put('answered')).Entries).toEqual([{ EventId: 'mine' }]);
  await put('s');
  expect(seen).toEqual(['outer events.PutEvents by outside', 'inner', 'outer events.PutEvents by outside', 'inner']);
  expect(system.report().events).toMatchObject([{ name: 'Changed', source: 's' }]);
  await expect(put('throttled')).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { attempts: 3 } });
});
