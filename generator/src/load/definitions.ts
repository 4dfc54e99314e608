import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { parseReference } from './reference.ts';
import type { SourceReader } from './source-reader.ts';
import type { SpecNode } from './spec-document.ts';

/**
 * Reads the files that deliveries name without a `$ref`: definitions of state machines. They are found and refused as
 * references are: below the spec's folder, relative to the file that names them.
 */
export async function readDefinitions(reader: SourceReader, root: SpecNode): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const [, operation] of root.get('operations')?.entries() ?? []) {
    const node = operation.withTraits().get('x-delivery')?.get('definition');
    if (typeof node?.value === 'string' && node.value !== '') found.push(...(await readOne(reader, node, node.value)));
  }
  return found;
}

async function readOne(reader: SourceReader, node: SpecNode, path: string): Promise<readonly Diagnostic[]> {
  const parsed = parseReference(path, node.origin.file);
  if (parsed.kind === 'refused') return [report(parsed.code, node.origin, parsed.message)];
  const file = await reader.open(parsed.file);
  if (!('kind' in file)) {
    if (!file.usable || node.resolve(path) !== undefined) return [];
    return [report('reference-not-found', node.origin, `The reference ${JSON.stringify(path)} leads nowhere.`)];
  }
  const message = `The definition ${JSON.stringify(path)} cannot be read: ${file.message}`;
  const help = 'The path is relative to the file that names it.';
  return [report(file.code, node.origin, message, file.code === 'reference-file-not-found' ? help : undefined)];
}
