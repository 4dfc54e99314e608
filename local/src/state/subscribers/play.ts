import { invocationKey } from '@eventloom/runtime';
import type { HandlerModule, LocalInvocation, LocalLambdaContext } from '../../handlers.ts';
import type { Reception, TargetContext, TargetFunction } from '../../targets.ts';
import { eventOfRecord, type QueueRecord } from './queue-reception.ts';

/** Makes a module of a function that plays a target. Of what it refuses for good, `refused` gets the request id. */
export function targetModule(play: TargetFunction, refused: Set<string>): HandlerModule {
  return {
    handler: async (event, context) => {
      const batch = Object(event) as { readonly Records?: readonly QueueRecord[] };
      if (batch.Records !== undefined) return playRecords(play, batch.Records, context);
      try {
        await play(event as Reception, targetContext(context, localOf(context).clients));
      } catch (error) {
        if (isFinal(error)) refused.add(context.awsRequestId);
        throw error;
      }
      return undefined;
    },
  };
}

async function playRecords(
  play: TargetFunction,
  records: readonly QueueRecord[],
  context: LocalLambdaContext,
): Promise<object> {
  const local = localOf(context);
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of records) {
    const attempt = Number(record.attributes.ApproximateReceiveCount);
    const known = { ...targetContext(context, local.clientsFor(record.messageId)), attempt };
    try {
      await play(eventOfRecord(record, local.clock?.now() ?? new Date()), known);
    } catch (error) {
      local.noteFailure(record.messageId, error);
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}

function localOf(context: LocalLambdaContext): LocalInvocation {
  return context[invocationKey] as LocalInvocation;
}

function targetContext(context: LocalLambdaContext, clients: TargetContext['clients']): TargetContext {
  const { environment, attempt } = localOf(context);
  return { attempt: attempt ?? 1, clients, environment: environment ?? {} };
}

/** As HTTP says it: the caller is at fault, and will be again. */
function isFinal(error: unknown): boolean {
  const { status } = Object(error) as { readonly status?: unknown };
  return typeof status === 'number' && status >= 400 && status < 500 && status !== 409 && status !== 429;
}
