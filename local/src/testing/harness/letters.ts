import type { DeadLetter } from '../../dead-letters.ts';

/** A dead letter of the handler under test, read. */
export interface HandlerDeadLetter {
  /** Id of the event. */
  readonly id: string | undefined;
  /** `invalid-payload`, `permanent` and so on; undefined when its tries were exhausted. */
  readonly code: string | undefined;
  /** JSON pointer to the place that was wrong, for an invalid payload. */
  readonly path: string | undefined;
  /** Keyword of JSON Schema broken there. */
  readonly rule: string | undefined;
  /** Why it is here. */
  readonly reason: string;
  /** As it stands on the queue. */
  readonly letter: DeadLetter;
}

/** Reads a dead letter: the message of a queue, or Lambda's record of a failed invocation. */
export function readLetter(letter: DeadLetter): HandlerDeadLetter {
  const failure = fieldsOf(letter.attributes['eventloom.failure']);
  const body = fieldsOf(letter.body);
  const answer = Object(body.responsePayload) as Fields;
  const handled = body.requestPayload !== undefined && !letter.reason.startsWith('RetriesExhausted');
  return {
    id: eventIdIn(letter.body, letter.attributes.id),
    code: text(failure.code ?? (handled ? answer.errorType : undefined)),
    path: text(failure.path),
    rule: text(failure.rule),
    reason: text(failure.reason) ?? letter.reason,
    letter,
  };
}

/** The id of the event in a dead letter, of which this is the body and the attribute `id`. */
export function eventIdIn(body: string | undefined, attribute: string | undefined): string | undefined {
  const fields = fieldsOf(body);
  const { id, Sns } = firstOf(Object(fields.requestPayload) as Fields) as {
    readonly id?: unknown;
    readonly Sns?: TopicMessage;
  };
  const inRequest = Sns === undefined ? id : (Sns.MessageAttributes?.id?.Value ?? fieldsOf(Sns.Message).id);
  return text(attribute ?? fields.id ?? inRequest);
}

type Fields = Readonly<Record<string, unknown>>;

/** The message of a record of SNS. */
export interface TopicMessage {
  readonly Message?: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
}

/** The first record of an event of SNS, or the event of EventBridge itself. */
export function firstOf(request: Fields): Fields {
  return Array.isArray(request.Records) ? (Object(request.Records[0]) as Fields) : request;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function fieldsOf(json: string | undefined): Fields {
  try {
    return Object(JSON.parse(json ?? '{}')) as Fields;
  } catch {
    return {};
  }
}
