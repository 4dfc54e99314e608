import { AwsError, connectionReset, type Interceptor, type WireCall } from '@eventloom/local';
import { itemIn } from './bank.ts';
import type { Chance } from './chance.ts';
import type { Notebook } from './notebook.ts';

/** How often a request meets a line that is down for all the tries of the SDK. */
const rate = 0.01;

/**
 * What the faults of the local system do not do: a line that breaks after every try of a request was accepted, so that
 * whoever sent it cannot know, and a claim that cannot be read for a while although it could be written. Draws depend on
 * what is sent, so that the SDK's next try meets the same.
 */
export function brokenLines(book: Notebook, { strikes }: Chance, seconds: () => number): Interceptor {
  return async (call, next) => {
    if (call.operation === 'GetObject' && strikes(0.15, 'read', call.input.Key, Math.floor(seconds() / 20))) {
      book.lines++;
      throw new AwsError('SlowDown', 'Reduce your request rate', { status: 503 });
    }
    const answer = await next(call);
    if (!sends.has(call.operation) || !strikes(rate, 'line', textOf(call))) return answer;
    book.unanswered.add(call.requestId);
    book.lines++;
    throw connectionReset();
  };
}

const sends: ReadonlySet<string> = new Set(['PutEvents', 'Publish', 'PublishBatch', 'SendMessage', 'SendMessageBatch']);

/** The first item that a request is about, and how much it holds. */
function textOf({ operation, input }: WireCall): string {
  const text = JSON.stringify(input);
  return `${operation} ${itemIn(text)} ${text.length}`;
}
