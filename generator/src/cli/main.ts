import { relative, resolve } from 'node:path';
import { isUsageError, type UsageError } from '../usage-error.ts';
import type { Answer, Invocation } from './command.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { parseArguments, type Request } from './parse-arguments.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/**
 * The command line: reads the arguments, runs the command and prints its answer. The only place that prints.
 * @param terminal default: that of the process
 * @returns the exit code
 */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<ExitCode> {
  const json = wantsJson(argv);
  const answer = await answerTo(argv, json, terminal);
  if (json) {
    terminal.out(`${JSON.stringify({ ...answer.json, diagnostics: answer.diagnostics }, null, 2)}\n`);
  } else {
    terminal.out(answer.text);
    terminal.err(answer.notes);
  }
  return answer.exitCode;
}

/** Looked for before the arguments are understood: what is wrong with them is told as JSON too. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}

async function answerTo(argv: readonly string[], json: boolean, terminal: Terminal): Promise<Answer> {
  try {
    return await answerRequest(parseArguments(argv), json, terminal);
  } catch (error) {
    return isUsageError(error) ? usageAnswer(error, terminal) : internalAnswer(error);
  }
}

async function answerRequest(request: Request, json: boolean, terminal: Terminal): Promise<Answer> {
  switch (request.kind) {
    case 'help': {
      const { commandHelp, globalHelp } = await import('./help.ts');
      const help = request.command === null ? globalHelp() : commandHelp(request.command);
      return plainAnswer(help, { help });
    }
    case 'version': {
      const { packageVersion } = await import('../version.ts');
      const version = packageVersion();
      return plainAnswer(`${version}\n`, { version });
    }
    case 'run': {
      const run = await request.command.load();
      const spec = request.options.get('spec') ?? 'asyncapi.yaml';
      const invocation: Invocation = { spec, json, options: request.options, arguments: request.arguments, terminal };
      return run(invocation);
    }
    default:
      return request satisfies never;
  }
}

function plainAnswer(text: string, json: Answer['json']): Answer {
  return { exitCode: exitCode.clean, json, text, notes: '', diagnostics: [] };
}

function usageAnswer({ code, message, help, file }: UsageError, { workingDirectory }: Terminal): Answer {
  const shown = file === '' ? '' : relative(workingDirectory, resolve(workingDirectory, file)).replaceAll('\\', '/');
  const place = { file: shown, line: 1, column: 1, pointer: '' };
  return {
    exitCode: exitCode.usage,
    json: {},
    text: '',
    notes: `eventloom: ${message}\n${help === '' ? '' : `${help}\n`}`,
    diagnostics: [{ code, severity: 'error', message, help, ...place }],
  };
}

/** A bug of ours is the one thing that shows a stack. */
function internalAnswer(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  const help = 'This is a bug of Eventloom, not a mistake of yours. Please report it with the spec and these lines.';
  const place = { file: '', line: 1, column: 1, pointer: '' };
  return {
    exitCode: exitCode.internal,
    json: {},
    text: '',
    notes: `eventloom: ${message}\n${help}\n\n${stack}\n`,
    diagnostics: [{ code: 'internal-error', severity: 'error', message, help, ...place }],
  };
}
