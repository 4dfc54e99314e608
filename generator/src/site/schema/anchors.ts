import { createHash } from 'node:crypto';
import { encodeName } from '../site-paths.ts';

/** Where a row stands in a schema: the steps that lead to it, spelt so that no two places meet. */
export type Trail = string;

/** A step of a trail that no name of a field can be. */
export type Step = 'element' | 'item' | 'key' | 'pattern' | 'contains' | 'alternative' | 'condition' | 'dependency';

const marks: Readonly<Record<Step, string>> = {
  element: '_0',
  item: '_1-',
  key: '_2',
  pattern: '_3-',
  contains: '_4',
  alternative: '_5-',
  condition: '_6-',
  dependency: '_7-',
};

/** The trail of the field of a name. */
export function fieldTrail(parent: Trail, name: string): Trail {
  return join(parent, name === '' ? '_9' : segment(name));
}

/** The trail of anything but a field; `word` tells it from others of its kind. */
export function stepTrail(parent: Trail, step: Step, word = ''): Trail {
  return join(parent, `${marks[step]}${segment(word)}`);
}

/** The anchor of a row: `field-customer.tier`. One that would be very long ends in a hash of the whole. */
export function anchorOf(trail: Trail, prefix = 'field'): string {
  const anchor = trail === '' ? prefix : `${prefix}-${trail}`;
  if (anchor.length <= longestAnchor) return anchor;
  const hash = createHash('sha256').update(anchor).digest('hex').slice(0, 32);
  return `${anchor.slice(0, longestAnchor - 40)}_8-${hash}`;
}

const longestAnchor = 160;

function join(parent: Trail, last: string): Trail {
  return parent === '' ? last : `${parent}.${last}`;
}

/** Dots part the steps of a trail, so those within a step get a mark; `encodeName` never ends in one. */
function segment(name: string): string {
  return encodeName(name).replaceAll('.', '_.');
}
