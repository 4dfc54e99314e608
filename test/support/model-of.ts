import { check } from '../../generator/src/check/check.ts';
import type { Diagnostic } from '../../generator/src/diagnostics/diagnostic.ts';
import { load } from '../../generator/src/load/load.ts';
import { buildModel } from '../../generator/src/model/build-model.ts';
import type { EventModel } from '../../generator/src/model/event-model.ts';

/** What the stages up to the checks make of a spec. */
export interface Understood {
  readonly model: EventModel;
  /** Of all stages but AsyncAPI's own rules. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Takes a spec given as text through load, model and check, in memory. Other files may be given by name. */
export async function understand(text: string, files: Readonly<Record<string, string>> = {}): Promise<Understood> {
  const all: Readonly<Record<string, string>> = { ...files, 'asyncapi.yaml': text };
  const io = {
    read: async (path: string) => (Object.hasOwn(all, path) ? new TextEncoder().encode(all[path]) : null),
    realpath: async (path: string) => (Object.hasOwn(all, path) || path === '' || path === '.' ? path : null),
  };
  const loaded = await load('asyncapi.yaml', io, { conformance: false });
  if (loaded.document === null) throw new Error(`cannot be read: ${JSON.stringify(loaded.diagnostics)}`);
  const { model, diagnostics } = buildModel(loaded.document);
  return { model, diagnostics: [...loaded.diagnostics, ...diagnostics, ...check(model)] };
}

/** Returns diagnostics as short lines: severity, code and line. */
export function brief(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ severity, code, origin }) => `${severity} ${code} at ${origin.line}`);
}
