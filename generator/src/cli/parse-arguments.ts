import { parseArgs } from 'node:util';
import { didYouMean } from '@eventloom/engine';
import { UsageError } from '../usage-error.ts';
import type { CommandDescription, OptionDescription } from './command.ts';
import { commands, commonOptions } from './commands.ts';

/** What the command line asks for. */
export type Request =
  | { readonly kind: 'help'; readonly command: CommandDescription | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      readonly command: CommandDescription;
      readonly options: ReadonlyMap<string, string>;
      readonly arguments: readonly string[];
    };

/**
 * Reads the command line. Options may stand anywhere; of an option given twice the last counts, unless it collects.
 * @throws {UsageError} with a suggestion where one is near.
 */
export function parseArguments(argv: readonly string[]): Request {
  const { tokens } = parseArgs({ args: [...argv], options: parsable(), strict: false, tokens: true });
  const positionals = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const [name, ...rest] = positionals;
  const command = name === undefined ? null : findCommand(name);
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  const options = collect(
    given.map((token) => readOption(token, command)),
    command,
  );
  if (options.has('help')) return { kind: 'help', command };
  if (options.has('version')) return { kind: 'version' };
  if (command === null) throw new UsageError('command-missing', 'No command was given.', { help: seeHelp(null) });
  refuseWrongCount(command, rest);
  return { kind: 'run', command, options, arguments: rest };
}

/** Puts values by their options; those of an option that collects are joined with commas. */
function collect(
  read: readonly (readonly [string, string])[],
  command: CommandDescription | null,
): ReadonlyMap<string, string> {
  const collecting = new Set(command?.options.flatMap(({ name, collects }) => (collects === true ? [name] : [])));
  const options = new Map<string, string>();
  for (const [name, value] of read) {
    const earlier = collecting.has(name) ? options.get(name) : undefined;
    options.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return options;
}

/** Every option of every command, so that a value is told from an argument before the command is known. */
function parsable(): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const all = [...commonOptions, ...commands.flatMap((command) => command.options)];
  return Object.fromEntries(
    all.map(({ name, value }) => [
      name,
      { type: value === null ? 'boolean' : 'string', ...(name === 'help' && { short: 'h' }) },
    ]),
  );
}

function findCommand(name: string): CommandDescription {
  const command = commands.find((candidate) => candidate.name === name);
  if (command !== undefined) return command;
  const names = commands.map((candidate) => candidate.name);
  throw new UsageError('unknown-command', `There is no command ${JSON.stringify(name)}.`, {
    help: didYouMean(name, names) || `Commands are ${names.join(', ')}.`,
  });
}

function readOption(
  token: { readonly name: string; readonly rawName: string; readonly value?: string | undefined },
  command: CommandDescription | null,
): readonly [string, string] {
  const known: readonly OptionDescription[] = [...(command?.options ?? []), ...commonOptions];
  const option = known.find((candidate) => candidate.name === token.name);
  if (option === undefined) throw unknownOption(token.rawName, command, known);
  if (option.value === null && token.value !== undefined) {
    throw new UsageError('option-value', `${token.rawName} takes no value.`, { help: seeHelp(command) });
  }
  if (option.value !== null && (token.value === undefined || token.value === '')) {
    throw new UsageError('option-value', `${token.rawName} needs a value: ${token.rawName} <${option.value}>.`, {
      help: seeHelp(command),
    });
  }
  return [option.name, token.value ?? ''];
}

function unknownOption(
  rawName: string,
  command: CommandDescription | null,
  known: readonly OptionDescription[],
): UsageError {
  const where = command === null ? 'eventloom' : `eventloom ${command.name}`;
  const suggestion = didYouMean(
    rawName,
    known.map((option) => `--${option.name}`),
  );
  return new UsageError('unknown-option', `${where} has no option ${JSON.stringify(rawName)}.`, {
    help: suggestion || seeHelp(command),
  });
}

function refuseWrongCount(command: CommandDescription, given: readonly string[]): void {
  if (given.length === command.argumentCount) return;
  const extra = given[command.argumentCount];
  const message =
    extra === undefined
      ? `eventloom ${command.name} needs ${command.usage}.`
      : `eventloom ${command.name} does not know what to do with ${JSON.stringify(extra)}.`;
  throw new UsageError('arguments', message, { help: seeHelp(command) });
}

function seeHelp(command: CommandDescription | null): string {
  return `eventloom ${command === null ? '' : `${command.name} `}--help shows what there is.`;
}
