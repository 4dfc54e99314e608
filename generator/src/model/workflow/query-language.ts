import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { quote } from '../wording.ts';
import type { Machine, State } from './states.ts';

/**
 * Fields of a state that belong to one query language, with what the other has in their place. Source: Step Functions
 * developer guide, transforming-data.
 */
const ofJsonPath: Readonly<Record<string, string>> = {
  InputPath: '`Arguments`',
  OutputPath: '`Output`',
  ResultPath: '`Output` or `Assign`',
  ResultSelector: '`Output`',
  Parameters: '`Arguments`',
  ItemsPath: '`Items`',
  SecondsPath: '`Seconds`',
  TimestampPath: '`Timestamp`',
  TimeoutSecondsPath: '`TimeoutSeconds`',
  HeartbeatSecondsPath: '`HeartbeatSeconds`',
  MaxConcurrencyPath: '`MaxConcurrency`',
  CausePath: '`Cause`',
  ErrorPath: '`Error`',
};
const ofJsonata: Readonly<Record<string, string>> = {
  Arguments: '`Parameters`',
  Output: '`ResultSelector`, `ResultPath` or `OutputPath`',
  Items: '`ItemsPath`',
};

/** Reports fields of the other query language, and a state of JSONPath in a machine of JSONata. */
export function checkQueryLanguage(state: State, machine: Machine, problems: Diagnostic[]): void {
  const { node, language, name } = state;
  if (machine.language === 'JSONata' && language === 'JSONPath') {
    const message = `State ${quote(name)} uses JSONPath in a state machine of JSONata; only the other way round is allowed.`;
    const help = 'Remove `QueryLanguage` here, or give it to the states that use JSONata.';
    problems.push(report('workflow-query-language', node.keyOrigin('QueryLanguage'), message, help));
    return;
  }
  const foreign = language === 'JSONata' ? ofJsonPath : ofJsonata;
  const other = language === 'JSONata' ? 'JSONPath' : 'JSONata';
  for (const [field, instead] of Object.entries(foreign)) {
    if (node.raw(field) === undefined) continue;
    const message = `${quote(field)} belongs to ${other}, and state ${quote(name)} uses ${language}.`;
    const help = `Write ${instead}, or \`QueryLanguage: ${other}\`.`;
    problems.push(report('workflow-query-language', node.keyOrigin(field), message, help));
  }
}
