import type { QueueIdentities } from '../model/infrastructure/queue-identities.ts';
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
  /** What tells the queues of the system apart on AWS, so that the next run sees one go. Empty: it has none. */
  readonly queues: QueueIdentities;
}

/** What a manifest is about, beside the files. */
export interface ManifestSubject {
  readonly spec: string;
  readonly version: string;
  readonly queues: QueueIdentities;
}

/** What one owner has. */
interface Owned {
  readonly paths: string[];
  readonly queues: readonly string[];
}

/** Emits the manifest of `files`: a line for each owner. `system` is always there and always last. */
export function emitManifest(
  files: readonly GeneratedFile[],
  { spec, version, queues }: ManifestSubject,
): GeneratedFile {
  const owners = new Map<string, Owned>([['system', { paths: [], queues: [] }]]);
  const ownedBy = (owner: string): Owned => owners.get(owner) ?? { paths: [], queues: [] };
  for (const { owner, path } of files) owners.set(owner, { ...ownedBy(owner), paths: [...ownedBy(owner).paths, path] });
  for (const [key, identities] of Object.entries(queues)) {
    const owner = ownersOf(key).find((one) => owners.has(one)) ?? ownersOf(key)[0] ?? key;
    owners.set(owner, { ...ownedBy(owner), queues: identities });
  }
  const content = [
    '{',
    `  "comment": ${JSON.stringify(`${headerStart.slice(3)}${spec}. DO NOT EDIT.`)},`,
    `  "generator": ${JSON.stringify(version)},`,
    `  "spec": ${JSON.stringify(spec)},`,
    '  "files": {',
    [...owners]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([owner, owned]) => `    ${JSON.stringify(owner)}: ${ownedText(owned)}`)
      .join(',\n'),
    '  }',
    '}',
    '',
  ].join('\n');
  return { path: manifestPath, owner: 'system', content };
}

/** Files alone are a list; beside queues they are a part of an object, so that each owner has one line. */
function ownedText({ paths, queues }: Owned): string {
  const list = (texts: readonly string[]): string => `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;
  const files = list([...paths].sort());
  return queues.length === 0 ? files : `{ "files": ${files}, "queues": ${list(queues)} }`;
}

/** Queues of channels and ingresses are owners of their own; others belong to a consumer or subscriber. */
function ownersOf(key: string): readonly string[] {
  return /^(queue|ingress):/.test(key) ? [key] : [`consumer:${key}`, `subscriber:${key}`];
}

/** Reads a manifest; null when the text is none. */
export function parseManifest(text: string): Manifest | null {
  const value = parseJson(text);
  if (!isRecord(value)) return null;
  const { generator, spec, files } = value;
  if (typeof generator !== 'string' || typeof spec !== 'string' || !isRecord(files)) return null;
  const owned = Object.entries(files).map(([owner, entry]) => [owner, readOwned(entry)] as const);
  if (owned.some(([, entry]) => entry === null)) return null;
  return {
    generator,
    spec,
    files: Object.fromEntries(owned.map(([owner, entry]) => [owner, entry?.paths ?? []])),
    queues: Object.fromEntries(
      owned.flatMap(([owner, entry]) =>
        entry === null || entry.queues.length === 0
          ? []
          : [[owner.replace(/^(consumer|subscriber):/, ''), entry.queues] as const],
      ),
    ),
  };
}

function readOwned(entry: unknown): Owned | null {
  if (isTexts(entry)) return { paths: [...entry], queues: [] };
  if (!isRecord(entry) || !isTexts(entry.files) || !isTexts(entry.queues)) return null;
  return { paths: [...entry.files], queues: entry.queues };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
