import type { GeneratedFile } from './generated-file.ts';
import { headerStart } from './print/header.ts';

/** Name of the manifest, below the output folder. */
export const manifestPath = 'manifest.json';

/** What `manifest.json` says. */
export interface Manifest {
  /** Version of Eventloom that wrote the output. */
  readonly generator: string;
  /** Base name of the spec. */
  readonly spec: string;
  /** Paths below the output folder, by what they belong to. */
  readonly files: Readonly<Record<string, readonly string[]>>;
}

/** Emits the manifest of `files`: a line for each owner. `system` is always there and always last. */
export function emitManifest(files: readonly GeneratedFile[], spec: string, version: string): GeneratedFile {
  const owners = new Map<string, string[]>([['system', []]]);
  for (const { owner, path } of files) owners.set(owner, [...(owners.get(owner) ?? []), path]);
  const lines = [...owners]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([owner, paths]) =>
        `    ${JSON.stringify(owner)}: [${paths
          .sort()
          .map((path) => JSON.stringify(path))
          .join(', ')}]`,
    );
  const content = [
    '{',
    `  "comment": ${JSON.stringify(`${headerStart.slice(3)}${spec}. DO NOT EDIT.`)},`,
    `  "generator": ${JSON.stringify(version)},`,
    `  "spec": ${JSON.stringify(spec)},`,
    '  "files": {',
    lines.join(',\n'),
    '  }',
    '}',
    '',
  ].join('\n');
  return { path: manifestPath, owner: 'system', content };
}

/** Reads a manifest; null when the text is none. */
export function parseManifest(text: string): Manifest | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return null;
  const { generator, spec, files } = value as Partial<Record<keyof Manifest, unknown>>;
  if (typeof generator !== 'string' || typeof spec !== 'string' || typeof files !== 'object' || files === null)
    return null;
  const lists: unknown[] = Object.values(files);
  const isList = (list: unknown): boolean => Array.isArray(list) && list.every((path) => typeof path === 'string');
  return lists.every(isList) ? { generator, spec, files: files as Manifest['files'] } : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
