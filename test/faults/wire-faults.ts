import { AwsError, type Interceptor } from '@eventloom/local';
import type { Chance } from './chance.ts';

/** What goes wrong between the SDK's clients and AWS. Each is drawn anew for every request. */
export function wireFaults(chance: Chance): readonly Interceptor[] {
  let requests = 0;
  return [
    (call, next) => {
      const request = ++requests;
      const about = `${call.service}.${call.operation}`;
      if (isDeadLetter(call.input) && chance(0.1, 'dead-letter queue out', request)) throw outage(about);
      if (call.service === 'events' && chance(0.03, 'throttled', request)) {
        throw new AwsError('ThrottlingException', 'Rate exceeded');
      }
      // Longer than the SDK's own retries, so that the caller hears of it.
      if (chance(0.02, 'outage', Math.floor(request / 6))) throw outage(about);
      const answer = next(call);
      if (chance(0.02, 'reset', request)) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      return answer;
    },
    (call, next) => {
      if (call.operation !== 'PutEvents') return next(call);
      return partly(call.input, (input) => next({ ...call, input }), chance, ++requests);
    },
  ];
}

const outage = (about: string): AwsError =>
  new AwsError('InternalFailure', `${about} is out of order`, { status: 500 });

const isDeadLetter = ({ QueueUrl }: Readonly<Record<string, unknown>>): boolean => /-dlq|dead/i.test(String(QueueUrl));

type PutEventsAnswer = { readonly FailedEntryCount: number; readonly Entries: readonly object[] };

/** Fails some entries of a request and lets the others through. */
function partly(
  input: Readonly<Record<string, unknown>>,
  put: (input: Readonly<Record<string, unknown>>) => unknown,
  chance: Chance,
  request: number,
): PutEventsAnswer {
  const entries = input.Entries as readonly object[];
  const fails = entries.map((_, index) => chance(0.1, 'entry', request, index));
  const through = entries.filter((_, index) => !fails[index]);
  const answer = through.length > 0 ? (put({ ...input, Entries: through }) as PutEventsAnswer) : { Entries: [] };
  const rest = [...answer.Entries];
  const results = fails.map((failed, index) =>
    failed
      ? { ErrorCode: index % 2 ? 'InternalFailure' : 'ThrottlingException', ErrorMessage: 'Try again' }
      : (rest.shift() ?? {}),
  );
  return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
}
