import { isObject, own } from '../../../model/schema/json.ts';
import { isOpen, type Keyword } from '../keyword.ts';
import { asSteps } from '../parts.ts';
import { placeOf } from '../place.ts';
import { rule } from '../step.ts';
import { below } from './below.ts';
import { limit } from './numbers.ts';
import { isGroup, isOfTypes, typesOf } from './types.ts';

/** What speaks of arrays. */
export const arrays: readonly Keyword[] = [
  limit('maxItems', 'tooMany', 'minItems'),
  limit('minItems', 'tooFew'),
  {
    names: ['additionalItems'],
    parts: (schema, site) => {
      const items = own(schema, 'items');
      const additional = own(schema, 'additionalItems');
      if (!Array.isArray(items) || isOpen(additional)) return [];
      const { length } = items;
      if (additional === false) {
        const broken = `["additionalItems", {"limit":${length}}]`;
        return [{ kind: 'rule', code: `${site.value}.length > ${length} && ${broken}`, binding: 'and' }];
      }
      return [below('eachItem', additional, site, [String(length)])];
    },
  },
  {
    names: ['items'],
    parts: (schema, site) => {
      const items = own(schema, 'items');
      if (!Array.isArray(items)) {
        return isOpen(items) ? [] : [below('eachItem', items, site)];
      }
      return items.flatMap((item, index) => {
        if (isOpen(item)) return [];
        const at = placeOf(site.place, index);
        const variable = `d${site.depth + 1}`;
        const part = { ...site, value: variable, depth: site.depth + 1, place: at };
        const steps = asSteps(site.scope.parts(item, part), part);
        const [expression, condition] = [`${site.value}[${index}]`, `${site.value}.length > ${index}`];
        return [{ kind: 'part', variable, expression, condition, steps }];
      });
    },
  },
  {
    names: ['contains'],
    parts: (schema, { scope, value, place: at }) => {
      const wanted = own(schema, 'contains');
      if (isOpen(wanted)) {
        return [{ kind: 'rule', code: `${value}.length < 1 && ["contains", {"minContains":1}]`, binding: 'and' }];
      }
      return [{ kind: 'call', name: scope.use('someItem'), value, checks: scope.check(wanted), place: at, more: [] }];
    },
  },
  {
    names: ['uniqueItems'],
    parts: (schema, site) => {
      const { scope, value } = site;
      if (own(schema, 'uniqueItems') !== true) return [];
      const items = own(schema, 'items');
      const types = isObject(items) ? typesOf(items) : [];
      const isScalar = types.length > 0 && !types.some((type) => isGroup(type) && /array|object/.test(type));
      if (!isScalar) return [rule(`${scope.use('repeated')}(${value})`)];
      const isMixed = types.length > 1;
      return [rule(`${scope.use('repeatedScalar')}(${value}, ${isOfTypes(types, site)}, ${isMixed})`)];
    },
  },
];
