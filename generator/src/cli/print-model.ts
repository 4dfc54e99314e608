import type { LoadedModel } from '../load-model.ts';
import { answerAbout } from './answers.ts';
import type { Answer, Invocation } from './command.ts';

/** `--print-model`: the model between spec and output, to see where a mistake comes in. */
export function printModel(invocation: Invocation, loaded: LoadedModel): Answer {
  const text = loaded.model === null ? '' : `${JSON.stringify(loaded.model, null, 2)}\n`;
  return answerAbout(invocation, loaded, { text, json: { model: loaded.model } });
}
