import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { Cursor } from '../cursor.ts';
import type { Files } from '../follow.ts';
import type { Location } from '../location.ts';
import { findAllInStructure } from './find-all.ts';
import { runParser } from './run-parser.ts';
import { makeSkeleton } from './skeleton.ts';
import { translateResults } from './translate.ts';

/**
 * Holds a document against the AsyncAPI specification, by AsyncAPI's own parser. A folded copy tells quickly whether
 * anything is wrong; only then the whole tells where.
 */
export async function checkConformance(files: Files, root: Location): Promise<readonly Diagnostic[]> {
  const folded = makeSkeleton(files, root, 'folded');
  if (folded !== undefined && (await runParser(folded, 'all')).length === 0) return [];
  const [whole, cut] = [makeSkeleton(files, root, 'whole'), makeSkeleton(files, root, 'cut')];
  if (whole === undefined || cut === undefined) return [];
  const results = [...(await findAllInStructure(cut)), ...(await runParser(whole, 'references'))];
  return translateResults(results, cut, new Cursor(files, root));
}
