import { resolve } from 'node:path';
import { type CacheQuestion, lookUp, remember } from '../cache/generate-cache.ts';
import { UsageError } from '../usage-error.ts';
import { isClean, type WriteReport } from '../write/write-output.ts';
import { answerAbout, specPath } from './answers.ts';
import type { Answer, Invocation } from './command.ts';
import { exitCode } from './exit-code.ts';
import { printModel } from './print-model.ts';
import { driftText, pathsBelow, writtenText } from './write-text.ts';

/** `generate`: answers from the cache where nothing changed, else runs the whole line. */
export async function generateCommand(invocation: Invocation): Promise<Answer> {
  const { options, json } = invocation;
  if (options.has('print-model')) {
    const { loadModel } = await import('../load-model.ts');
    return printModel(invocation, await loadModel({ spec: specPath(invocation) }));
  }
  if (!options.has('watch')) return (await generateOnce(invocation)).answer;
  if (json || options.has('check')) {
    throw new UsageError('watch-alone', `--watch does not go with ${json ? '--json' : '--check'}.`);
  }
  const { watch } = await import('./watch.ts');
  return watch(invocation);
}

/** One run, and the files it read: paths relative to the spec's folder. */
export async function generateOnce(
  invocation: Invocation,
): Promise<{ readonly answer: Answer; readonly inputs: readonly string[] }> {
  const question = questionOf(invocation);
  const cached = lookUp(question);
  if (cached !== null) {
    const report = { added: [], changed: [], removed: [], unchanged: cached.outputs };
    return { answer: answerRun(invocation, cached, report), inputs: [...cached.texts.keys()] };
  }
  const { generate } = await import('../generate.ts');
  const check = invocation.options.has('check');
  const result = await generate({ spec: question.spec, out: question.out, check });
  if (result.report !== null) remember(question, result);
  const told = { ...result, diagnostics: [...result.diagnostics, ...result.replacedQueues] };
  return { answer: answerRun(invocation, told, result.report), inputs: result.inputs.map(({ path }) => path) };
}

function outOf({ options }: Invocation): string {
  return options.get('out') ?? 'generated';
}

function questionOf(invocation: Invocation): CacheQuestion {
  const { workingDirectory } = invocation.terminal;
  return { spec: specPath(invocation), out: resolve(workingDirectory, outOf(invocation)), workingDirectory };
}

function answerRun(invocation: Invocation, run: Parameters<typeof answerAbout>[1], report: WriteReport | null): Answer {
  if (report === null) {
    const json = { written: [], unchanged: 0, removed: [] };
    return answerAbout(invocation, run, { json, notes: 'Nothing was written.\n' });
  }
  const check = invocation.options.has('check');
  const out = outOf(invocation);
  const below = pathsBelow(out);
  const advice = 'The output is not what the spec says. Run `eventloom generate` and commit the result.';
  return answerAbout(invocation, run, {
    ...(check && !isClean(report) && { exitCode: exitCode.errors }),
    json: {
      written: [...report.added, ...report.changed].sort().map(below),
      unchanged: report.unchanged,
      removed: report.removed.map(below),
    },
    text: check ? driftText(report, below, advice) : '',
    notes: check ? '' : `${writtenText(report, out)}\n`,
  });
}
