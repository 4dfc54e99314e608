import type { CommandDescription, OptionDescription } from './command.ts';
import { commands, commonOptions } from './commands.ts';

/** The help of the whole tool. */
export function globalHelp(): string {
  return [
    'Everything between your services on AWS, from one AsyncAPI file.',
    '',
    'Usage: eventloom <command> [options]',
    '',
    'Commands:',
    ...rows(commands.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary])),
    '',
    'Options:',
    ...optionRows(commonOptions),
    '',
    'eventloom <command> --help tells more of one command.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp(command: CommandDescription): string {
  return [
    `${command.summary}.`,
    '',
    `Usage: eventloom ${`${command.name} ${command.usage}`.trim()} [options]`,
    '',
    command.details,
    '',
    'Options:',
    ...optionRows([...command.options, ...commonOptions]),
    '',
  ].join('\n');
}

function optionRows(options: readonly OptionDescription[]): string[] {
  return rows(options.map(({ name, value, summary }) => [`--${name}${value === null ? '' : ` <${value}>`}`, summary]));
}

function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
