import { definitionKeys } from '../../model/schema/definition-keys.ts';

/** Gives names below `components`, each once in its section. */
export interface ComponentNames {
  /** A free name for what stands at a place, said as file and pointer: `address`, else `common.address`, else `address-2`. */
  name(section: string, file: string, pointer: string): string;
}

/** @param taken the names that the spec itself has in a section */
export function componentNames(taken: (section: string) => Iterable<string>): ComponentNames {
  const sections = new Map<string, Set<string>>();
  const namesOf = (section: string): Set<string> => {
    const names = sections.get(section) ?? new Set(taken(section));
    sections.set(section, names);
    return names;
  };
  return {
    name: (section, file, pointer) => {
      const names = namesOf(section);
      const name = firstFree(candidates(file, pointer), names);
      names.add(name);
      return name;
    },
  };
}

function candidates(file: string, pointer: string): readonly [short: string, long: string] {
  const identity = `${file.replaceAll('#', '_')}#${pointer}`;
  const { key: short, label } = definitionKeys([identity]).get(identity) ?? { key: 'definition', label: '' };
  const path = file.replace(/\.[^./]*$/, '').replace(/[.-]schema$/, '');
  const place = pointer === '' ? '' : `.${label}`;
  return [short, `${path}${place}`.replace(/[^A-Za-z0-9._-]/g, '.')];
}

function firstFree([short, long]: readonly [string, string], names: ReadonlySet<string>): string {
  const readable = [short, long].find((name) => !names.has(name));
  if (readable !== undefined) return readable;
  let count = 2;
  while (names.has(`${short}-${count}`)) count++;
  return `${short}-${count}`;
}
