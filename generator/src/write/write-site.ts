import type { OutputFolder } from './output-folder.ts';
import type { OutputFile, Ownership } from './ownership.ts';
import {
  emitSiteManifest,
  hashSite,
  parseSiteManifest,
  type SiteHashes,
  sha256,
  siteManifestPath,
} from './site-manifest.ts';
import { type FolderReport, type WriteOptions, writeFolder } from './write-folder.ts';

/**
 * Makes `folder` hold the files of a site and a manifest of them. Pages, pictures and JSON have no first line to know
 * them by: ours is what the manifest of an earlier run names. A file that is not written any more goes only when its
 * bytes are still those of that run.
 * @throws {UsageError} before anything is written, when something that is not ours stands in the way; or when the disk
 * refuses.
 */
export function writeSite(files: readonly OutputFile[], folder: string, { check }: WriteOptions): FolderReport {
  const hashes = hashSite(files);
  const ownershipOf = (opened: OutputFolder): Ownership => ownedByManifest(opened, hashes);
  return writeFolder([...files, emitSiteManifest(hashes)], folder, { check, ownershipOf });
}

function ownedByManifest(folder: OutputFolder, hashes: SiteHashes): Ownership {
  const entry = folder.entry(siteManifestPath);
  const text = entry.kind === 'file' ? entry.content.toString('utf8') : '';
  const before = parseSiteManifest(text);
  const earlier = new Set(before === null ? [] : [siteManifestPath, ...before.keys()]);
  // Until the run is over the folder may hold files of both runs.
  const claim = emitSiteManifest(new Map([...(before ?? []), ...hashes]));
  const missing = `If an earlier run wrote it, its ${siteManifestPath} is gone: remove the folder and run again. `;
  return {
    manifest: siteManifestPath,
    earlier,
    claim: claim.content === text ? null : claim,
    help: `${before === null ? `${missing}Else move` : 'Move'} it away, or choose another folder with --out.`,
    mayReplace: (path) => earlier.has(path),
    mayRemove: (path, content) => before?.get(path) === sha256(content),
  };
}
