import { accepted, type Entry, type Message, type Outcome, type Refusal, refusedIn, unconfirmed } from './entry.ts';

/** The outcome of a message that was accepted. */
export function delivered(entry: Entry): Outcome {
  return accepted(entry, (entry.message as Message).id);
}

/** What SNS and SQS answer to a batch. */
interface Answer {
  readonly Successful?: readonly { readonly Id?: string }[];
  readonly Failed?: readonly Failed[];
}

interface Failed {
  readonly Id?: string;
  readonly Code?: string;
  readonly Message?: string;
  /** True when the same entry would fail again. */
  readonly SenderFault?: boolean;
}

/**
 * The outcome of each entry of a batch: its `Id` in the request is its place. An entry that is named neither as
 * accepted nor as failed, or as both, is unconfirmed.
 */
export function outcomesOf(entries: readonly Entry[], answer: unknown): Outcome[] {
  const { Successful, Failed } = (answer ?? {}) as Answer;
  const successful = new Set(Successful?.map(({ Id }) => Id));
  const failures = new Map(Failed?.map((one) => [one.Id, one]));
  return entries.map((entry, place) => {
    const failure = failures.get(`${place}`);
    if (successful.has(`${place}`)) return failure ? unconfirmed : delivered(entry);
    return failure ? refusedIn(answer, refusalIn(failure)) : unconfirmed;
  });
}

function refusalIn({ Code: code = 'Error', Message: message = code, SenderFault }: Failed): Refusal {
  return { code, message, retryable: SenderFault === false };
}
