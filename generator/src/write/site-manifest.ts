import { hash } from 'node:crypto';
import type { OutputFile } from './ownership.ts';

/** Path of the manifest of a site. Generated code has one of that name too, so neither is ever written into the other. */
export const siteManifestPath = 'manifest.json';

/** SHA-256 in hexadecimal of each file of a site, by path. */
export type SiteHashes = ReadonlyMap<string, string>;

/** Hashes files as the manifest lists them. */
export function hashSite(files: readonly OutputFile[]): SiteHashes {
  return new Map(files.map(({ path, content }) => [path, sha256(content)]));
}

/** SHA-256 in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** Spells the manifest: a line for each file, sorted by path, without version or date. */
export function emitSiteManifest(hashes: SiteHashes): OutputFile {
  const lines = [...hashes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hash]) => `    ${JSON.stringify(path)}: ${JSON.stringify(hash)}`);
  const comment = JSON.stringify('Written by `eventloom docs`, which replaces and removes the files named here.');
  const content = `{\n  "comment": ${comment},\n  "site": {\n${lines.join(',\n')}\n  }\n}\n`;
  return { path: siteManifestPath, content };
}

/** Reads a manifest; null when the text is none. */
export function parseSiteManifest(text: string): SiteHashes | null {
  const value = parseJson(text);
  if (!isRecord(value) || !isRecord(value.site)) return null;
  const entries = Object.entries(value.site);
  return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string') ? new Map(entries) : null;
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
