import type { HandlerContext } from '../context.ts';
import type { ConsumerDefinition } from '../definitions.ts';
import { ValidationFailure } from '../errors.ts';
import type { ReceivedEvent } from '../events.ts';
import type { Feature } from '../feature.ts';
import { takeDirectly } from '../handle/function-handler.ts';
import { handlerOf } from '../handle/session.ts';
import type { LambdaHandler } from '../invocation.ts';
import type { ReplyDefinition } from './call-definition.ts';
import { callMark } from './call-mark.ts';

/**
 * Makes the Lambda handler of a consumer that other services may call directly and that answers them. It is a
 * `functionHandler` that returns what the user's function returned, once that is valid. Where the caller waits, an event
 * that fails is reported to it and nowhere else: it is not dead-lettered.
 */
export function answeringHandler<
  Key extends string,
  Event extends ReceivedEvent<string, string, unknown>,
  Context extends HandlerContext,
>(
  definition: ConsumerDefinition<Key>,
  reply: ReplyDefinition,
  handle: (event: Event, context: Context) => unknown,
  features: readonly Feature[] = [],
): LambdaHandler<Key, Event> {
  return handlerOf(definition, handle, features, 'function', async (session, input) => {
    let answer: unknown;
    const keeping: Feature = {
      around: async ({ event }, next) => {
        answer = await next();
        if (!reply.validate(answer)) {
          throw new ValidationFailure({ name: reply.name, source: event.source }, reply.validate.errors ?? []);
        }
        return answer;
      },
    };
    const isCall = Object(input)[callMark] === true;
    const own = isCall ? { ...definition, onInvalid: 'retry' as const } : definition;
    // The session itself, since what features know of it they know by its identity, and it is told of its end.
    await takeDirectly(Object.assign(session, { definition: own, features: [keeping, ...session.features] }), input);
    return answer;
  });
}
