import { displayFrom } from './diagnostics/display-path.ts';
import { renderText } from './diagnostics/render-text.ts';
import type { DocsOptions, DocsResult } from './docs.ts';
import type { GenerateOptions, GenerateResult } from './generate.ts';
import type { LoadedModel, LoadModelOptions } from './load-model.ts';

export type { Diagnostic, Origin, Severity } from './diagnostics/diagnostic.ts';
export type { DocsOptions, DocsResult } from './docs.ts';
export type { GeneratedFile } from './emit/generated-file.ts';
export type { GenerateOptions, GenerateResult } from './generate.ts';
export { filesInMemory, filesOnDisk, type ReadFile } from './load/read-file.ts';
export type { LoadedModel, LoadModelOptions } from './load-model.ts';
export type * from './model/event-model.ts';
export { toTopology } from './model/to-topology.ts';
export type * from './model/type-expression.ts';
export type { SiteFile } from './site/site-file.ts';
export { isUsageError, UsageError } from './usage-error.ts';
export type { FolderReport } from './write/write-folder.ts';
export type { WriteReport } from './write/write-output.ts';

/**
 * Generates the output of a spec into a folder. With errors in the spec nothing is written (`ok` is false).
 * @throws {UsageError} when the spec is missing or the output folder cannot be written.
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  const stage = await import('./generate.ts');
  return stage.generate(options);
}

/**
 * Writes the documentation site of a spec into a folder: pages that need no server, for people and for machines. With
 * errors in the spec nothing is written (`ok` is false).
 * @throws {UsageError} when the spec is missing, or the site's folder cannot be written or holds files of somebody else in
 * the way.
 */
export async function docs(options: DocsOptions): Promise<DocsResult> {
  const stage = await import('./docs.ts');
  return stage.docs(options);
}

/**
 * Finds everything that is wrong with a spec.
 * @throws {UsageError} when there is no readable file at the path.
 */
export async function validate(
  options: LoadModelOptions,
): Promise<Pick<LoadedModel, 'spec' | 'ok' | 'diagnostics' | 'texts'>> {
  const { spec, ok, diagnostics, texts } = await loadModel(options);
  return { spec, ok, diagnostics, texts };
}

/**
 * Reads a spec and builds its model: what all output is made from.
 * @throws {UsageError} when there is no readable file at the path.
 */
export async function loadModel(options: LoadModelOptions): Promise<LoadedModel> {
  const stage = await import('./load-model.ts');
  return stage.loadModel(options);
}

/** Diagnostics as the command line prints them, without colour; empty when there are none. */
export function renderDiagnostics(result: Pick<LoadedModel, 'spec' | 'diagnostics' | 'texts'>): string {
  return renderText(result.diagnostics, { display: displayFrom(result.spec, process.cwd()), texts: result.texts });
}
