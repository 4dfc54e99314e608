/** Something declared elsewhere that a generated file wants to name. */
export interface ImportedSymbol {
  readonly name: string;
  /** A package, or with a leading `/` a file of the output: `/events/order-placed.ts`. */
  readonly from: string;
  readonly kind: 'type' | 'value';
}

/** A type to import. `from` is a package, or a file of the output with a leading `/`. */
export function typeFrom(from: string, name: string): ImportedSymbol {
  return { name, from, kind: 'type' };
}

/** A value to import. `from` is a package, or a file of the output with a leading `/`. */
export function valueFrom(from: string, name: string): ImportedSymbol {
  return { name, from, kind: 'value' };
}

/** One import statement, names sorted by code unit. */
export interface ImportStatement {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly names: readonly { readonly name: string; readonly alias: string | null }[];
}

/** Gathers what one file imports while its text is put together. */
export interface Imports {
  /** The name by which this file knows the symbol; the same for each use. */
  use(symbol: ImportedSymbol): string;
  /** Every import so far: packages first, then files, each sorted by code unit, types apart from values. */
  statements(): readonly ImportStatement[];
}

/** Names of the language's own library that generated code uses, so that no import may hide them. */
const globals = ['Object', 'Pick', 'Promise'];

/**
 * Starts the imports of one file.
 * A symbol whose name is taken, by `declared`, a global or another import, is renamed with `$1`, `$2` and so on,
 * which no name from a spec can hold.
 * @param path the importing file below the output folder.
 * @param declared names that the file itself declares.
 */
export function collectImports(path: string, declared: Iterable<string>): Imports {
  const taken = new Set([...globals, ...declared]);
  const used = new Map<string, ImportedSymbol & { readonly local: string }>();
  return {
    use(symbol) {
      const key = `${symbol.kind} ${symbol.from} ${symbol.name}`;
      const known = used.get(key);
      if (known !== undefined) return known.local;
      const local = freeName(symbol.name, taken);
      taken.add(local);
      used.set(key, { ...symbol, local });
      return local;
    },
    statements: () => group([...used.values()], path),
  };
}

/** The specifier by which the file at `path` imports the output file `target`; both stand below the output folder. */
export function relativeSpecifier(path: string, target: string): string {
  const from = path.split('/').slice(0, -1);
  const to = target.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  const up = '../'.repeat(from.length - shared);
  return `${up === '' ? './' : up}${to.slice(shared).join('/')}`.replace(/\.ts$/, '.js');
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let count = 1;
  while (taken.has(`${name}$${count}`)) count += 1;
  return `${name}$${count}`;
}

function group(symbols: readonly (ImportedSymbol & { readonly local: string })[], path: string): ImportStatement[] {
  const groups = new Map<string, { specifier: string; typeOnly: boolean; names: ImportStatement['names'][number][] }>();
  for (const { name, from, kind, local } of symbols) {
    const specifier = from.startsWith('/') ? relativeSpecifier(path, from.slice(1)) : from;
    const key = `${specifier.startsWith('.') ? 1 : 0} ${specifier} ${kind}`;
    const statement = groups.get(key) ?? { specifier, typeOnly: kind === 'type', names: [] };
    statement.names.push({ name, alias: local === name ? null : local });
    groups.set(key, statement);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { names, ...statement }]) => ({ ...statement, names: names.sort((a, b) => (a.name < b.name ? -1 : 1)) }));
}
