import { queueVariable } from '@eventloom/engine';
import { textOf } from './envelopes.ts';
import type { Session } from './session.ts';

/**
 * Lets the session know the queue that a batch came from, which is one for all its records. The environment names one of
 * the consumer's queues; where the queues of channels feed it, there may be several.
 * An ARN is `arn:<partition>:sqs:<region>:<account>:<name>`, and a URL ends in `<account>/<name>`.
 */
export function useSourceQueue(session: Session, input: unknown): Session {
  const { environment } = session.connection;
  const arn = textOf(Object(Object(input).Records?.[0]).eventSourceARN);
  const [, , , , account, name] = arn?.split(':') ?? [];
  const url = environment[queueVariable]?.replace(/[^/]+\/[^/]+$/, () => `${account}/${name}`);
  if (!name || url === environment[queueVariable]) return session;
  // Inherited, since the environment of a function is long, and read as it is then.
  const own = Object.assign(Object.create(environment), { [queueVariable]: url });
  session.connection = { ...session.connection, environment: own };
  return session;
}
