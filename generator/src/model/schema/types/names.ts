import type { NamedType, TypeExpression } from '../../type-expression.ts';
import { mapReferences, opened, partsOf, shapeOf } from './expressions.ts';
import type { NamedSite, Site } from './sites.ts';

/** Types with their names, the payload's own first, and the sites that could not get one of their own. */
export interface NamingResult {
  readonly types: readonly NamedType[];
  readonly collisions: readonly NameCollision[];
}

export interface NameCollision {
  readonly name: string;
  readonly first: Site;
  readonly second: Site;
}

/**
 * Gives every named site its name: that of its parent and its own short word, or its long word where the short one
 * would meet another. What still meets is a collision. Types that nothing refers to are left out.
 */
export function nameSites(root: NamedSite, sites: ReadonlyMap<string, NamedSite>): NamingResult {
  const used = reachable(root, sites);
  const lengthened = new Set<string>();
  let names = namesOf(used, lengthened);
  for (let found = toLengthen(names, lengthened); found.length > 0; found = toLengthen(names, lengthened)) {
    for (const { site } of found) lengthened.add(site.id);
    names = namesOf(used, lengthened);
  }
  const spell = (type: TypeExpression): TypeExpression =>
    mapReferences(type, (id) => ({ kind: 'reference', name: names.get(id)?.name ?? id }));
  const types = used.map(({ site, type, doc }) => ({ name: names.get(site.id)?.name ?? '', type: spell(type), doc }));
  return withoutTwins(types, used);
}

interface Name {
  readonly name: string;
  readonly site: Site;
}

/** Sites in the order in which a reader meets them. */
function reachable(root: NamedSite, sites: ReadonlyMap<string, NamedSite>): NamedSite[] {
  const found = new Map<string, NamedSite>([[root.site.id, root]]);
  const visit = (type: TypeExpression): void => {
    const named = type.kind === 'reference' ? sites.get(type.name) : undefined;
    if (named !== undefined && !found.has(named.site.id)) found.set(named.site.id, named);
    for (const part of partsOf(type)) visit(part);
  };
  for (const { type } of found.values()) visit(type);
  return [...found.values()];
}

function namesOf(used: readonly NamedSite[], lengthened: ReadonlySet<string>): Map<string, Name> {
  const nameOf = (site: Site): string =>
    (site.parent === null ? '' : nameOf(site.parent)) + (lengthened.has(site.id) ? site.long : site.short);
  return new Map(used.map(({ site }) => [site.id, { name: nameOf(site), site }]));
}

/** Sites that share their name with another and have a longer one left, of their own or of what they stand below. */
function toLengthen(names: ReadonlyMap<string, Name>, lengthened: ReadonlySet<string>): Name[] {
  const groups = new Map<string, Site[]>();
  for (const { name, site } of names.values()) groups.set(name, [...(groups.get(name) ?? []), site]);
  return [...groups]
    .filter(([, group]) => group.length > 1)
    .flatMap(([name, group]) =>
      group.flatMap((site) => longerSite(site, lengthened) ?? []).map((site) => ({ name, site })),
    );
}

function longerSite(site: Site, lengthened: ReadonlySet<string>): Site | null {
  if (site.long !== site.short && !lengthened.has(site.id)) return site;
  return site.parent === null ? null : longerSite(site.parent, lengthened);
}

/** Two types of one name are a collision, unless they are the same type. */
function withoutTwins(types: readonly NamedType[], used: readonly NamedSite[]): NamingResult {
  const kept = new Map<string, { readonly type: NamedType; readonly site: Site }>();
  const collisions: NameCollision[] = [];
  for (const [index, type] of types.entries()) {
    const site = used[index]?.site;
    const first = kept.get(type.name);
    if (site === undefined) continue;
    if (first === undefined) kept.set(type.name, { type, site });
    else if (shapeOf(first.type.type) !== shapeOf(type.type)) {
      collisions.push({ name: type.name, first: first.site, second: site });
    } else if (JSON.stringify(first.type.type) !== JSON.stringify(type.type)) {
      kept.set(type.name, { type: { ...first.type, type: opened(type.type) }, site: first.site });
    }
  }
  return { types: [...kept.values()].map(({ type }) => type), collisions };
}
