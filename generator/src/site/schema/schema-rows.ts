import type { MessageType } from '../../model/event-model.ts';
import type { SchemaRow } from '../site-model.ts';
import { buildRow } from './build-row.ts';
import { openBook } from './view.ts';

export { headerRows } from './header-rows.ts';

/**
 * Describes a payload as nested rows: the whole, whose children are its fields, those required first, then by name.
 * Anchors depend on names alone, so that a field keeps its own when others come and go.
 */
export function payloadRow(message: MessageType): SchemaRow {
  const place = { path: '', name: message.name, kind: 'field', required: true, condition: null, trail: '' } as const;
  const shown = { book: openBook(message.payload), open: new Map(), finished: new Map(), rows: 0, depth: 0 };
  // Examples of the whole stand on the page by themselves.
  return { ...buildRow({ ...place, schemas: [message.payload] }, shown), examples: [] };
}
