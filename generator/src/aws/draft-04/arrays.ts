import { own } from '../json.ts';
import { type Converted, kept, type Rewriter, type Site } from './conversion.ts';

/** Keywords on arrays. */
export const arrays: Rewriter = (site) => [
  ...elements(site),
  ...contains(site),
  ...kept(site.schema, ['minItems', 'maxItems', 'uniqueItems']),
];

function elements({ schema, below }: Site): readonly Converted[] {
  const items = own(schema, 'items');
  if (items === undefined) return [];
  if (!Array.isArray(items)) {
    const every = below(items, 'items');
    return [{ schema: { items: every.schema }, exact: every.exact }];
  }
  const heads = items.map((item, index) => below(item, 'items', index));
  const rest = own(schema, 'additionalItems');
  const tail = rest === undefined ? undefined : below(rest, 'additionalItems');
  return [
    {
      schema: {
        items: heads.map((head) => head.schema),
        ...(tail !== undefined && { additionalItems: rest === false ? false : tail.schema }),
      },
      exact: [...heads, ...(tail === undefined ? [] : [tail])].every(({ exact }) => exact),
    },
  ];
}

/** An array has an element of the kind when not all of its elements are of another. */
function contains({ schema, below }: Site): readonly Converted[] {
  if (!Object.hasOwn(schema, 'contains')) return [];
  const element = below(own(schema, 'contains'), 'contains');
  return [{ schema: { not: { type: 'array', items: { not: element.schema } } }, exact: element.exact }];
}
