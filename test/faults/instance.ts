import {
  type Feature,
  type Invocation,
  invocationKey,
  type LambdaContext,
  type LambdaHandler,
} from '@eventloom/runtime';
import type { Notebook, Run } from './notebook.ts';
import type { Sabotage } from './sabotages/sabotage.ts';

/** What the handlers of one run share. */
export interface Bench {
  readonly book: Notebook;
  readonly sabotage: Sabotage;
  /** By message: when a handler has asked for it again, in milliseconds since 1970. */
  readonly due: Map<string, Appointment>;
}

export interface Appointment {
  readonly at: number;
  readonly requestId: string;
}

/** The context of a user's function, with what {@link instance} adds. */
export const runOf = (context: object): Run => (context as { readonly run: Run }).run;

/** How much later than asked for a message may come again: what is between a poll of its queue and its handler. */
const toleranceMilliseconds = 5_000;

/** Stands around a handler as Lambda's process does: knows which invocations came to their end. */
export function instance<Key extends string>(handler: LambdaHandler<Key>, bench: Bench): LambdaHandler<Key> {
  const { book, sabotage } = bench;
  const inner = sabotage.handler?.(handler) ?? handler;
  const respond = async (input: unknown, context: LambdaContext): Promise<unknown> => {
    const invocation = context[invocationKey];
    const { awsRequestId: requestId = '' } = context;
    if (invocation?.clock === undefined) throw new Error('The system gave no clock');
    const now = invocation.clock.now().getTime();
    keepAppointments(bench, handler.consumer, { input, now });
    book.begin(requestId, handler.consumer);
    // Nobody reads what they log.
    const environment = { ...invocation.environment, AWS_LAMBDA_LOG_LEVEL: 'FATAL' };
    const features = [...(invocation.features ?? []), tellRun];
    const own: Invocation = { ...invocation, environment, features };
    const given = sabotage.invocation?.(own, handler) ?? own;
    try {
      return await inner(input, { ...context, [invocationKey]: given });
    } finally {
      book.end(requestId);
    }
  };
  return Object.assign(respond, handler);
}

/** Puts into the context of each function which run it is. */
const tellRun: Feature = {
  extend: ({ session: { definition, lambda, connection }, messageId }) => {
    const now = () => (connection.clock?.now() ?? new Date()).getTime();
    return { run: { consumer: definition.key, requestId: lambda.awsRequestId ?? '', messageId, now } satisfies Run };
  },
};

/** Messages that come again must not be later than asked for, unless something was in the way of asking. */
function keepAppointments(
  { due, book }: Bench,
  consumer: string,
  { input, now }: { readonly input: unknown; readonly now: number },
): void {
  const records: unknown = Object(input).Records;
  for (const record of Array.isArray(records) ? records : []) {
    const { messageId } = Object(record);
    const appointment = due.get(messageId);
    due.delete(messageId);
    if (appointment === undefined || now <= appointment.at + toleranceMilliseconds) continue;
    if (book.wasDisturbed(appointment.requestId) || book.hasLost(appointment.requestId)) continue;
    const seconds = Math.round((now - appointment.at) / 1_000);
    book.violations.push(`late: a message of ${consumer} came ${seconds} seconds after it was asked for`);
  }
}
