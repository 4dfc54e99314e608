import { loadModel } from '../load-model.ts';
import { answerAbout, diagnosticsText, specPath } from './answers.ts';
import type { Answer, Invocation } from './command.ts';
import { printModel } from './print-model.ts';

/** `validate`: every diagnostic of the spec. They are the answer, so they go to standard output. */
export async function validateCommand(invocation: Invocation): Promise<Answer> {
  const loaded = await loadModel({ spec: specPath(invocation) });
  if (invocation.options.has('print-model')) return printModel(invocation, loaded);
  const text = diagnosticsText(invocation, loaded, 'out') || `${invocation.spec} is fine.\n`;
  return { ...answerAbout(invocation, loaded, { text }), notes: '' };
}
