import type { Published } from '../../../src/route/published.ts';
import type { Judgement } from './judge.ts';
import type { Input } from './read-input.ts';

/** What came of it, in a sentence or two. */
export function verdictText({ valid, consumers }: Judgement, published: Published): string {
  const received = consumers.filter(({ matched }) => matched).length;
  const validity = valid ? 'valid' : 'invalid (it is routed all the same)';
  return `${named(published)} is ${validity}. ${counted(received, consumers.length)}`;
}

function named({ name, source }: Published): string {
  return source === '' ? name : `${name} from ${source}`;
}

function counted(received: number, all: number): string {
  if (received === 0) return all === 0 ? 'The system has no consumers.' : 'No consumer receives it.';
  return received === 1 ? '1 consumer receives it.' : `${received} consumers receive it.`;
}

/** Why nothing can be judged. */
export function refusalText(input: Exclude<Input, { readonly kind: 'read' }>): string {
  if (input.kind === 'refused') return `${input.message} ${input.help}`.trim();
  const { line, column, message } = input.mistake;
  return `This is no JSON. Line ${line}, column ${column}: ${message}.`;
}
