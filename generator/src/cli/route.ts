import { loadModel } from '../load-model.ts';
import { toTopology } from '../model/to-topology.ts';
import { readPublished } from '../route/published.ts';
import { type RouteRow, routeRows } from '../route/route-rows.ts';
import { type PayloadVerdict, validatePayload } from '../route/validate-payload.ts';
import { answerAbout, specPath } from './answers.ts';
import type { Answer, Invocation } from './command.ts';
import { readJsonInput } from './read-input.ts';
import { table } from './table.ts';

/** `route`: who receives an event, and why or why not. */
export async function routeCommand(invocation: Invocation): Promise<Answer> {
  const [path = '-'] = invocation.arguments;
  const input = await readJsonInput(path, invocation.terminal);
  const loaded = await loadModel({ spec: specPath(invocation) });
  if (!loaded.ok || loaded.model === null) return answerAbout(invocation, loaded, {});
  const published = readPublished(input, loaded.model.catalog);
  const verdict = await validatePayload(loaded.model, published);
  const consumers = routeRows(toTopology(loaded.model), published);
  return answerAbout(invocation, loaded, {
    json: { valid: verdict.valid, errors: verdict.errors, consumers },
    text: routeText(verdict, consumers),
  });
}

function routeText(verdict: PayloadVerdict, rows: readonly RouteRow[]): string {
  const validity = verdict.valid
    ? ['The event is valid.']
    : [
        'The event is invalid; it is routed all the same.',
        ...verdict.errors.map(({ path, message }) => `  ${path || '/'} ${message}`),
      ];
  const cells = rows.map((row) => [
    row.matched ? 'yes' : 'no',
    `${row.service}/${row.consumer}`,
    row.operation,
    row.reason,
  ]);
  return `${validity.join('\n')}\n\n${table(['received', 'consumer', 'operation', 'why'], cells)}`;
}
