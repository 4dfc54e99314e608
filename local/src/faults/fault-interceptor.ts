import { type Caller, publisherOf } from '../state/caller.ts';
import { AwsError } from '../wire/aws-error.ts';
import type { CallHandler, Interceptor, WireCall, WireInput } from '../wire/call.ts';
import type { About, Faults } from './faults.ts';

/** What the SDK sees of a connection that breaks: the same as from Node's own HTTP client. */
export function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { name: 'TimeoutError', code: 'ECONNRESET' });
}

/** Makes requests fail as the rates say. A client that looks at queues from outside is left alone. */
export function createFaultInterceptor(faults: Faults, now: () => number): Interceptor {
  return async (call, next) => {
    if (isLook(call)) return next(call);
    const about = aboutOf(call);
    refuse(faults, call, about, now());
    if (faults.strikes('connectionResets', about)) throw connectionReset();
    const output = await serve(faults, call, about, next);
    if (faults.strikes('connectionResetsAfterAcceptance', about)) throw connectionReset();
    return output;
  };
}

function aboutOf({ requestId, caller }: WireCall): About {
  return { requestId, consumer: publisherOf(caller) };
}

function isLook({ service, operation, caller }: WireCall): boolean {
  return caller.kind === 'outside' && service === 'sqs' && !operation.startsWith('Send');
}

function refuse(faults: Faults, call: WireCall, about: About, now: number): void {
  const { service, operation } = call;
  if (faults.isOut(service, now, about) || faults.strikes('requestFails', about)) throw unavailable();
  if (operation === 'PutEvents' && faults.strikes('putEventsThrottled', about)) {
    throw new AwsError('ThrottlingException', 'Rate exceeded');
  }
  if ((service === 'dynamodb' || service === 's3') && faults.strikes('storeFails', about)) {
    const code = service === 's3' ? 'InternalError' : 'InternalServerError';
    throw new AwsError(code, 'The service met an error within it', { status: 500 });
  }
  if (isDeadLetter(call.caller, call.input) && faults.strikes('deadLetterSendFails', about)) throw unavailable();
}

function unavailable(): AwsError {
  return new AwsError('ServiceUnavailable', 'The service is unavailable. Try again later.', { status: 503 });
}

function isDeadLetter(caller: Caller, { QueueUrl }: WireInput): boolean {
  return caller.kind === 'function' && QueueUrl === caller.function.deadLetterQueue.url;
}

async function serve(faults: Faults, call: WireCall, about: About, next: CallHandler): Promise<unknown> {
  if (call.operation === 'PutEvents') {
    return putEvents(faults, await split(call, 'Entries', next, () => faults.strikes('putEventsEntryFails', about)));
  }
  const field = batchFields.get(call.operation);
  if (field === undefined) return next(call);
  return batch(await split(call, field, next, () => faults.strikes('batchEntryFails', about)));
}

const batchFields: ReadonlyMap<string, string> = new Map([
  ['PublishBatch', 'PublishBatchRequestEntries'],
  ['SendMessageBatch', 'Entries'],
]);

interface Split {
  readonly entries: readonly unknown[];
  readonly failing: ReadonlySet<unknown>;
  /** The answer to the call without the failing entries; null when all of them fail. */
  readonly answer: unknown;
}

/** Takes the failing entries out of a call, so that only the others take effect. */
async function split(call: WireCall, field: string, next: CallHandler, fails: () => boolean): Promise<Split> {
  const given = call.input[field];
  const entries: readonly unknown[] = Array.isArray(given) ? given : [];
  const failing = new Set(entries.filter(fails));
  if (failing.size === 0) return { entries, failing, answer: await next(call) };
  const others = entries.filter((entry) => !failing.has(entry));
  const answer = others.length === 0 ? null : await next({ ...call, input: { ...call.input, [field]: others } });
  return { entries, failing, answer };
}

function putEvents(faults: Faults, { entries, failing, answer }: Split): unknown {
  if (failing.size === 0) return answer;
  const served = [...((answer as { readonly Entries?: readonly object[] } | null)?.Entries ?? [])];
  const Entries = entries.map((entry) => (failing.has(entry) ? entryFailure(faults) : served.shift()));
  return { FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in Object(entry)).length, Entries };
}

function entryFailure(faults: Faults): object {
  return faults.below('putEventsEntryFails', 2) === 0
    ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }
    : { ErrorCode: 'InternalFailure', ErrorMessage: 'EventBridge met an error within it' };
}

function batch({ failing, answer }: Split): unknown {
  const served = (answer ?? { Successful: [], Failed: [] }) as {
    readonly Successful: object[];
    readonly Failed: object[];
  };
  const refused = [...failing].map((entry) => ({
    Id: (entry as WireInput).Id,
    Code: 'InternalError',
    Message: 'The service met an error within it',
    SenderFault: false,
  }));
  return { ...served, Failed: [...served.Failed, ...refused] };
}
