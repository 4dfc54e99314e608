import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { ChannelDeclaration } from '../declarations.ts';
import { claimExpireDays } from '../delivery-defaults.ts';
import { integerBetween, listOfShape, payloadPointer, readFields } from './fields.ts';

const claimCheckFields = {
  aboveBytes: integerBetween(0, limits.queueMessageBytesMaximum.value),
  keep: listOfShape(payloadPointer),
  expireDays: integerBetween(1),
};

/** Reads `x-claim-check`; null when the channel has none, or one with a mistake. */
export function readClaimCheck(channel: SpecNode, problems: Diagnostic[]): ChannelDeclaration['claimCheck'] {
  const node = channel.get('x-claim-check');
  if (node === undefined) return null;
  const found: Diagnostic[] = [];
  const { aboveBytes, keep = [], expireDays } = readFields(node, 'x-claim-check', claimCheckFields, found);
  problems.push(...found);
  if (found.length > 0) return null;
  const list = node.get('keep');
  return {
    value: {
      aboveBytes: aboveBytes ?? null,
      keep,
      expireDays: expireDays ?? claimExpireDays,
      keepOrigins: keep.map((_, index) => list?.keyOrigin(String(index)) ?? node.origin),
    },
    origin: channel.keyOrigin('x-claim-check'),
  };
}
