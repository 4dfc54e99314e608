import type { JsonDiagnostic } from '../diagnostics/render-json.ts';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** An option of the command line, without its dashes. */
export interface OptionDescription {
  readonly name: string;
  /** What stands for its value in the help; null for a switch. */
  readonly value: string | null;
  readonly summary: string;
  /** True joins the values of an option given several times with commas. Absent: the last counts. */
  readonly collects?: true;
}

/** What help needs to know of a command, and how to load it. Light: every start reads all of these. */
export interface CommandDescription {
  readonly name: string;
  /** Arguments after the name, as help shows them. */
  readonly usage: string;
  readonly summary: string;
  readonly details: string;
  readonly options: readonly OptionDescription[];
  /** Number of arguments that must be given. */
  readonly argumentCount: number;
  readonly load: () => Promise<Command>;
}

/** What a command was called with. */
export interface Invocation {
  /** `--spec`, as given. */
  readonly spec: string;
  readonly json: boolean;
  /** Values of options by name; switches are the empty string. */
  readonly options: ReadonlyMap<string, string>;
  readonly arguments: readonly string[];
  readonly terminal: Terminal;
}

/** What a command answers; the command line prints it. */
export interface Answer {
  readonly exitCode: ExitCode;
  /** What `--json` prints beside the diagnostics. */
  readonly json: Readonly<Record<string, unknown>>;
  /** What goes to standard output without `--json`; may be empty. */
  readonly text: string;
  /** What goes to standard error without `--json`; may be empty. */
  readonly notes: string;
  readonly diagnostics: readonly JsonDiagnostic[];
}

/** Answers, or throws a `UsageError`; anything else thrown is a bug of ours. */
export type Command = (invocation: Invocation) => Promise<Answer>;
