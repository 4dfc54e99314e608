import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePattern, type EventPattern, matchesPattern } from '@eventloom/engine';
import { describe, expect, test } from 'vitest';
import { operatorTableMarkdown } from '../generator/src/aws/dialect/operator-table.ts';
import { catalogue } from '../generator/src/diagnostics/codes.ts';
import { filesOnDisk } from '../generator/src/load/read-file.ts';
import { loadModel } from '../generator/src/load-model.ts';
import { repository } from './support/repository.ts';

const page = readFileSync(join(repository, 'docs/filters.md'), 'utf8');

/** Rows of the tables whose head starts with these cells. */
function rowsUnder(...head: readonly string[]): string[][] {
  const lines = page.split('\n');
  const starts = lines.flatMap((line, at) => (line.startsWith(`| ${head.join(' | ')} |`) ? [at + 2] : []));
  expect(starts.length).toBeGreaterThan(0);
  return starts.flatMap((start) => {
    const rows = lines.slice(start);
    const end = rows.findIndex((line) => !line.startsWith('|'));
    return rows.slice(0, end).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
  });
}

function json(cell: string | undefined): unknown {
  return JSON.parse(cell?.replace(/^`|`$/g, '') ?? '');
}

describe('the page on filters', () => {
  test.each(rowsUnder('filter', 'lets through', 'not'))('%s lets through %s and not %s', (filter, passes, fails) => {
    const compiled = compilePattern(json(filter));
    if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors));
    expect(matchesPattern(compiled.pattern, json(passes))).toBe(true);
    expect(matchesPattern(compiled.pattern, json(fails))).toBe(false);
  });

  test.each(rowsUnder("of the shop's `OrderPlaced`", 'is'))('%s is told as %s', async (filter, code) => {
    const found = await findingsOf(json(filter) as EventPattern);
    expect(found).toContain(code?.replaceAll('`', ''));
    expect(found.filter((one) => one.startsWith('filter-') || one === 'undeclared-field')).toHaveLength(1);
  });

  test('names codes that exist', () => {
    for (const [code = ''] of rowsUnder('code', 'when', 'instead')) {
      expect(Object.keys(catalogue)).toContain(code.replaceAll('`', ''));
    }
  });

  test('has the table of operators that the compiler is held to', () => {
    const [, table] = /<!-- operators -->\n([\s\S]*)<!-- \/operators -->/.exec(page) ?? [];
    expect(table).toBe(operatorTableMarkdown());
  });
});

/** Codes of what is found wrong with the shop once a consumer of orders has this filter. */
async function findingsOf(filter: EventPattern): Promise<readonly string[]> {
  const spec = join(repository, 'asyncapi.yaml');
  const operation = `
  example:
    action: receive
    channel: { $ref: '#/channels/orders' }
    messages: [{ $ref: '#/channels/orders/messages/OrderPlaced' }]
    x-service: example
    x-filter: ${JSON.stringify(filter)}
`;
  const text = readFileSync(spec, 'utf8').replace(/^operations:\n/m, `operations:${operation}`);
  const read: typeof filesOnDisk.read = async (path) =>
    path.endsWith('asyncapi.yaml') ? new TextEncoder().encode(text) : filesOnDisk.read(path);
  const { diagnostics } = await loadModel({ spec, io: { ...filesOnDisk, read } });
  return diagnostics.map(({ code }) => code);
}
