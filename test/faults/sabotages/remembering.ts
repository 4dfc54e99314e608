import type { Interceptor, WireCall } from '@eventloom/local';
import type { CircuitStore, IdempotencyStore } from '@eventloom/runtime';
import type { Sabotage } from './sabotage.ts';

/** Forgets everything. */
const forgetful: IdempotencyStore = {
  acquire: async () => 'acquired',
  complete: async () => true,
  release: async () => {},
};

/** Knows no circuit. */
const careless: CircuitStore = { read: async () => undefined, write: async () => true };

/** Sends writes to DynamoDB on another condition; null is none. */
function conditioned(isMeant: (call: WireCall) => boolean, condition: string | null): Interceptor {
  return (call, next) => {
    if (call.service !== 'dynamodb' || !isMeant(call)) return next(call);
    const expressions = `${condition ?? ''} ${call.input.UpdateExpression ?? ''}`;
    const used = (field: string) => {
      const kept = Object.entries(Object(call.input[field])).filter(([name]) => expressions.includes(name));
      return kept.length > 0 ? Object.fromEntries(kept) : undefined;
    };
    const input = {
      ...call.input,
      ConditionExpression: condition ?? undefined,
      ExpressionAttributeNames: used('ExpressionAttributeNames'),
      ExpressionAttributeValues: used('ExpressionAttributeValues'),
    };
    return next({
      ...call,
      input: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
    });
  };
}

/** Protections of what handlers remember. */
export const remembering: readonly Sabotage[] = [
  {
    name: 'handled events are remembered',
    found: 'twice',
    invocation: (invocation) => ({ ...invocation, stores: { ...invocation.stores, idempotency: forgetful } }),
  },
  {
    name: 'an event that is being handled is locked',
    found: 'twice',
    wire: conditioned(
      ({ operation, input }) =>
        operation === 'PutItem' && /#inprogress|:inprogress/.test(String(input.ConditionExpression)),
      'attribute_not_exists(#id) OR #status = :inprogress',
    ),
  },
  {
    name: 'only one delivery gathers the parts of a split',
    found: 'twice',
    wire: conditioned(
      ({ operation, input }) => operation === 'UpdateItem' && /^SET #lease/.test(String(input.UpdateExpression)),
      null,
    ),
  },
  {
    name: 'a circuit spares its downstream',
    found: 'not spared',
    invocation: (invocation) => ({ ...invocation, stores: { ...invocation.stores, circuits: careless } }),
  },
];
