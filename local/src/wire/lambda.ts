import { limits } from '@eventloom/engine';
import { nextUuid } from '../random.ts';
import { invokeAsynchronously } from '../state/asynchronous.ts';
import { publish } from '../state/queue.ts';
import type { LambdaFunction, World } from '../state/world.ts';
import { authorizeInvoke } from './access.ts';
import { AwsError } from './aws-error.ts';
import type { WireCall, WireInput } from './call.ts';
import { text } from './input.ts';

/**
 * Answers a call of Lambda: `ListFunctions`, in one page, or `Invoke`, with the type `RequestResponse` where a spec
 * declares callers.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function callLambda(world: World, { operation, input, caller }: WireCall): unknown {
  if (operation === 'ListFunctions') {
    if (caller.kind === 'outside') return { Functions: world.functions.filter(isFunction).map(describeFunction) };
    throw new AwsError('AccessDeniedException', 'Functions list no functions', { status: 403 });
  }
  const target = functionOf(world, text(input, 'FunctionName'));
  authorizeInvoke(world, caller, target);
  const payload = text(input, 'Payload') || '{}';
  const waits = text(input, 'InvocationType') !== 'Event';
  const { asynchronousPayloadBytes, synchronousPayloadBytes } = limits;
  if (Buffer.byteLength(payload) > (waits ? synchronousPayloadBytes : asynchronousPayloadBytes).value) {
    throw new AwsError('RequestTooLargeException', 'Request must be smaller than the limit', { status: 413 });
  }
  if (waits) return invokeAndWait(world, target, parse(payload));
  const { body, ...event } = describeInput(target, parse(payload));
  const known = world.ledger.indexById.get(event.id);
  invokeAsynchronously(world, target, { payload, body, event: known ?? enter(world, target, event) });
  return { StatusCode: 202 };
}

/** Nobody answers for what a caller waits for but the caller, so no ledger holds it. */
async function invokeAndWait(world: World, target: LambdaFunction, payload: WireInput): Promise<WireInput> {
  if (target.consumer.callers === undefined) {
    throw new AwsError('InvalidParameterValueException', `${target.name} answers nobody: its spec names no x-callers`);
  }
  const requestId = nextUuid(world.random);
  const { response, failure } = await target.invoke({ requestId, payload, records: [], attempt: 1 });
  if (failure === null) return { StatusCode: 200, Payload: JSON.stringify(response) };
  return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify(failure) };
}

function functionOf(world: World, nameOrArn: string): LambdaFunction {
  const name = /(?:^|function:)([\w-]+)(?::[\w$-]+)?$/.exec(nameOrArn)?.[1];
  const target = world.functions.find((candidate) => isFunction(candidate) && candidate.name === name);
  if (target !== undefined) return target;
  throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, { status: 404 });
}

/** What a subscriber delivers to is none. */
function isFunction({ end }: LambdaFunction): boolean {
  return end === undefined;
}

function describeFunction({ name, arn, consumer, environment }: LambdaFunction): WireInput {
  return {
    FunctionName: name,
    FunctionArn: arn,
    Handler: `${consumer.handler}.handler`,
    Timeout: consumer.delivery.timeoutSeconds,
    MemorySize: consumer.delivery.memoryMb,
    Environment: { Variables: environment },
  };
}

function parse(payload: string): WireInput {
  try {
    return Object(JSON.parse(payload)) as WireInput;
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json');
  }
}

interface DescribedInput {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly body: string;
}

/** Which event an input of a function carries: an envelope of EventBridge, or a record of SNS. */
function describeInput({ name }: LambdaFunction, input: WireInput): DescribedInput {
  const sns = Object((input.Records as readonly WireInput[] | undefined)?.[0]?.Sns) as WireInput;
  const attributes = Object(sns.MessageAttributes) as Readonly<
    Record<string, { readonly Value?: unknown } | undefined>
  >;
  const textOf = (...options: readonly unknown[]) => String(options.find((option) => typeof option === 'string') ?? '');
  return {
    id: textOf(input.id, attributes.id?.Value, sns.MessageId),
    name: textOf(input['detail-type'], attributes.type?.Value),
    source: textOf(input.source, sns.TopicArn, name),
    body: textOf(sns.Message, JSON.stringify(input)),
  };
}

function enter(world: World, target: LambdaFunction, { id, name, source }: Omit<DescribedInput, 'body'>): number {
  return publish(world, { id, name, source, destination: target.name, publisher: null, causes: [] });
}
