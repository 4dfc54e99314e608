import type { Documentation, OperationDocs } from '../../model/documentation/documentation.ts';
import type { SiteContext } from '../site-context.ts';

/** Documentation never changes, and each page of a site asks for its own part of it. */
const known = new WeakMap<Documentation, ReadonlyMap<string, OperationDocs>>();

/** What the spec says of an operation for its readers; undefined when it has none of that key. */
export function operationDocs(
  { model: { documentation } }: Pick<SiteContext, 'model'>,
  operation: string,
): OperationDocs | undefined {
  const found = known.get(documentation) ?? new Map(documentation.operations.map((docs) => [docs.operation, docs]));
  known.set(documentation, found);
  return found.get(operation);
}
