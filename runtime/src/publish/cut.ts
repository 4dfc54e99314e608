import type { AwsClient } from '../connection.ts';

/** What ends what is under way. */
export interface Cut {
  /** Aborted when it ends. */
  readonly signal: AbortSignal;
  /** Called when it ends: one listener less for each of thousands of requests. */
  readonly ends: Set<() => void>;
}

/** Settles as `work` does, or rejects with the signal's reason as soon as that is aborted. */
export function untilCut<Result>({ signal, ends }: Cut, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason);
    ends.add(end);
    work.then(
      (result) => {
        ends.delete(end);
        resolve(result);
      },
      (error) => {
        ends.delete(end);
        reject(error);
      },
    );
    if (signal.aborted) end();
  });
}

/**
 * Sends a command whose request ends when `signal` is aborted. The SDK reads the options of a command twice: at once for
 * its retry, which would wait for the signal by way of more promises than all the rest of a request takes, and later for
 * the request, which is what has to end. So the signal is put into them in between; a retry finds its request refused.
 */
export async function sendCommand(client: AwsClient, command: object, signal?: AbortSignal): Promise<unknown> {
  if (!signal) return client.send(command);
  signal.throwIfAborted();
  const options: { abortSignal?: AbortSignal } = {};
  const answer = client.send(command, options);
  options.abortSignal = signal;
  return answer;
}
