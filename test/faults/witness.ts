import { AwsError, type Interceptor, type WireCall, type WireInput } from '@eventloom/local';
import { consumers, gatherer, itemIn } from './bank.ts';
import type { Notebook } from './notebook.ts';

/** Stands before the services, behind all faults: sees what is accepted, and writes it down. */
export function witness(book: Notebook): Interceptor {
  let acceptances = 0;
  return async (call, next) => {
    try {
      const answer = await next(call);
      if (call.service === 'dynamodb') noteMemory(book, call);
      else noteAccepted(book, call, { answer, order: ++acceptances });
      return answer;
    } catch (error) {
      const isRefusal = error instanceof AwsError && error.code === 'ConditionalCheckFailedException';
      if (isRefusal && call.operation === 'PutItem' && isLock(textAt(call.input, 'Item', 'id'))) book.absorbed++;
      throw error;
    }
  };
}

const lockPrefixes = consumers.filter(({ once }) => once).map(({ key }) => `${key}#`);

const isLock = (id: string): boolean => lockPrefixes.some((prefix) => id.startsWith(prefix));

/** The text at a path of an item's attributes. */
function textAt(input: WireInput, field: string, attribute: string): string {
  const value = (input[field] as Readonly<Record<string, { readonly S?: string }>> | undefined)?.[attribute];
  return value?.S ?? '';
}

function noteMemory(book: Notebook, { operation, input }: WireCall): void {
  if (operation !== 'UpdateItem') return;
  const id = textAt(input, 'Key', 'id');
  const status = textAt(input, 'ExpressionAttributeValues', ':status');
  if (status === 'COMPLETED' || (status === 'complete' && id.startsWith(`gather#${gatherer}#`))) book.remember(id);
}

interface Entry {
  readonly name: string;
  readonly text: string;
  readonly resources: string;
}

function noteAccepted(
  book: Notebook,
  call: WireCall,
  { answer, order }: { readonly answer: unknown; readonly order: number },
): void {
  if (call.caller.kind === 'function' && isDeadLetterQueue(call.input)) return;
  const publisher = call.caller.kind === 'function' ? call.caller.function.consumer.key : null;
  for (const { name, text, resources } of entriesOf(call, answer)) {
    const key = `${name} ${itemIn(text)}`;
    const accepted = book.accepted.get(key) ?? [];
    accepted.push({ requestId: call.requestId, publisher, resources, order });
    book.accepted.set(key, accepted);
  }
}

const isDeadLetterQueue = ({ QueueUrl }: WireInput): boolean => /-dlq(?:\.fifo)?$/.test(String(QueueUrl));

/** The entries that were accepted. */
function entriesOf({ operation, input }: WireCall, answer: unknown): readonly Entry[] {
  switch (operation) {
    case 'PutEvents': {
      const results = listAt(answer, 'Entries');
      return listAt(input, 'Entries').flatMap((entry, index) =>
        results[index]?.EventId === undefined
          ? []
          : [{ name: String(entry.DetailType), text: String(entry.Detail), resources: String(entry.Resources ?? '') }],
      );
    }
    case 'Publish':
    case 'SendMessage':
      return [message(input)];
    case 'PublishBatch':
    case 'SendMessageBatch': {
      const successful = new Set(listAt(answer, 'Successful').map(({ Id }) => Id));
      const field = operation === 'PublishBatch' ? 'PublishBatchRequestEntries' : 'Entries';
      return listAt(input, field)
        .filter(({ Id }) => successful.has(Id))
        .map(message);
    }
    default:
      return [];
  }
}

function message(input: WireInput): Entry {
  const attributes = input.MessageAttributes as Readonly<Record<string, { readonly StringValue?: string }>> | undefined;
  const name = attributes?.type?.StringValue ?? '';
  return { name, text: String(input.Message ?? input.MessageBody), resources: '' };
}

function listAt(value: unknown, field: string): readonly WireInput[] {
  const list: unknown = Object(value)[field];
  return Array.isArray(list) ? list : [];
}
