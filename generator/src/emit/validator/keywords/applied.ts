import { own, ownList } from '../../../model/schema/json.ts';
import { isOpen, isPlain, type Keyword } from '../keyword.ts';
import { asRule, asSteps } from '../parts.ts';
import type { Site } from '../scope.ts';
import { negated, rule, type Step } from '../step.ts';
import { choiceProperty } from './choice.ts';

/** What applies other schemas to the same value. */
export const applied: readonly Keyword[] = [
  {
    names: ['not'],
    parts: (schema, site) => {
      const refused = own(schema, 'not');
      if (isOpen(refused)) return [rule('["not", {}]')];
      return [{ kind: 'rule', code: `${passes(refused, site)} && ["not", {}]`, binding: 'and' }];
    },
  },
  {
    names: ['anyOf'],
    parts: (schema, site) => {
      const schemas = ownList(schema, 'anyOf');
      return schemas.some(isOpen) ? [] : [choice('anyOf', schemas, site)];
    },
  },
  { names: ['oneOf'], parts: (schema, site) => [choice('oneOf', ownList(schema, 'oneOf'), site)] },
  {
    names: ['allOf'],
    parts: (schema, site) => ownList(schema, 'allOf').flatMap((part) => asSteps(site.scope.parts(part, site), site)),
  },
  {
    names: ['if'],
    parts: (schema, site) => {
      const steps = clause('then', own(schema, 'then'), site);
      const otherwise = clause('else', own(schema, 'else'), site);
      if (steps.length === 0 && otherwise.length === 0) return [];
      return [{ kind: 'if', condition: passes(own(schema, 'if'), site), steps, otherwise }];
    },
  },
];

/** `$ref`, which comes before all others. */
export const reference: Keyword = {
  names: ['$ref'],
  parts: (schema, site) => {
    const { scope } = site;
    const { schema: target, isInlined } = scope.definition(String(own(schema, '$ref')));
    if (isOpen(target)) return [];
    if (isInlined || target === false) return asSteps(scope.parts(target, site), site);
    return [call('within', scope.check(target), site)];
  },
};

function choice(name: string, schemas: readonly unknown[], site: Site): Step {
  const checks = schemas.map((schema) => site.scope.check(schema));
  const property = choiceProperty(schemas, site.scope);
  const more = property === null ? [] : [site.scope.constant('choice', property)];
  return call(name, site.scope.constant('checks', `[${checks.join(', ')}]`), site, more);
}

function clause(keyword: string, schema: unknown, site: Site): readonly Step[] {
  if (schema === undefined || isOpen(schema)) return [];
  return [call('clause', site.scope.check(schema), site, [`"${keyword}"`])];
}

/** An expression that tells whether the value passes a schema. */
function passes(schema: unknown, site: Site): string {
  const { scope, value } = site;
  if (isOpen(schema)) return 'true';
  const broken = isPlain(schema) ? asRule(scope.parts(schema, site), site) : null;
  return broken === null ? `${scope.use('passes')}(${value}, ${scope.check(schema)})` : `!${negated(broken)}`;
}

function call(name: string, checks: string, { scope, value, place }: Site, more: readonly string[] = []): Step {
  return { kind: 'call', name: scope.use(name), value, checks, place, more };
}
