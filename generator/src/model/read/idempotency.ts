import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { ReceiveDeclaration } from '../declarations.ts';
import { idempotencyDefaults } from '../delivery-defaults.ts';
import { choice, integerBetween, payloadPointer, readFields } from './fields.ts';

const idempotencyFields = {
  key: payloadPointer,
  ttlSeconds: integerBetween(1),
  replays: choice(['skip', 'run']),
};

/** Reads `x-idempotency`; null when the operation has none, or one with a mistake. */
export function readIdempotency(operation: SpecNode, problems: Diagnostic[]): ReceiveDeclaration['idempotency'] {
  const node = operation.get('x-idempotency');
  if (node === undefined) return null;
  const found: Diagnostic[] = [];
  const { key, ttlSeconds, replays } = readFields(node, 'x-idempotency', idempotencyFields, found);
  problems.push(...found);
  if (found.length > 0) return null;
  return {
    value: {
      key: key ?? null,
      ttlSeconds: ttlSeconds ?? idempotencyDefaults.ttlSeconds,
      replays: replays ?? idempotencyDefaults.replays,
    },
    origin: operation.keyOrigin('x-idempotency'),
  };
}
