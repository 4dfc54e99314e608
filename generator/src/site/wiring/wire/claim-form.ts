import { createHash } from 'node:crypto';
import { prettyJson } from '../../pretty-json.ts';
import type { WireForm } from '../../site-model.ts';
import type { WireEvent } from './carried.ts';
import { namesOf, own } from './pointers.ts';

/** What is sent in place of a payload that is too large (`x-claim-check`). */
export function claimForms({ event, payload }: WireEvent): readonly WireForm[] {
  const { claimCheck, name } = event;
  if (claimCheck === undefined) return [];
  const text = JSON.stringify(payload);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const claim = {
    key: `claims/${encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd'))}/${sha256}`,
    bytes: Buffer.byteLength(text),
    sha256,
  };
  return [
    {
      anchor: 'wire-claim',
      title: 'A claim, in place of a large payload',
      explanation:
        'Stands wherever the payload would. Handlers read the payload from the claim bucket before they are called; all others get the claim.',
      consumers: [],
      json: prettyJson({ ...kept(payload, claimCheck.keep), 'eventloom:claim': claim }),
    },
  ];
}

/** What the pointers lead to, at the same places. */
function kept(payload: unknown, pointers: readonly string[]): object {
  const target = {};
  for (const pointer of pointers) copyAt(target, payload, namesOf(pointer));
  return target;
}

function copyAt(target: object, source: unknown, [name, ...rest]: readonly string[]): void {
  const value = name === undefined ? undefined : own(source, name);
  if (name === undefined || value === undefined) return;
  const place = rest.length === 0 ? value : (own(target, name) ?? (Array.isArray(value) ? [] : {}));
  // Defined and not assigned: a property of a payload may be called `__proto__`.
  Object.defineProperty(target, name, { value: place, enumerable: true, configurable: true, writable: true });
  if (rest.length > 0 && place !== value && typeof place === 'object' && place !== null) copyAt(place, value, rest);
}
