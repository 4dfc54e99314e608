import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import type { AllowedAccountDeclaration } from '../declarations.ts';
import { quote } from '../wording.ts';
import { anyList, isObject, readFields, textThat } from './fields.ts';

const account = textThat('an account id of twelve digits in quotes', (text) => /^\d{12}$/.test(text));

const entryFields = { account, events: anyList };

const form = "For example `'123456789012'`, or `{ account: '123456789012', events: […] }` for some events of the bus.";

/** Reads `x-eventbridge.allowAccounts`. Its events are found once the channels are read. */
export function readAllowedAccounts(extension: SpecNode, problems: Diagnostic[]): readonly AllowedAccountDeclaration[] {
  const list = extension.get('allowAccounts');
  if (list === undefined || !Array.isArray(list.value)) return [];
  const entries = list.entries().flatMap(([, node]) => readEntry(node, problems) ?? []);
  return entries.filter((entry, index) => {
    const first = entries.findIndex((one) => one.account === entry.account);
    if (first === index) return true;
    const message = `The account ${quote(entry.account)} is allowed twice.`;
    const related = [{ message: 'the first entry', origin: entries[first]?.origin ?? entry.origin }];
    problems.push(report('allowed-account-twice', entry.origin, message, undefined, related));
    return false;
  });
}

function readEntry(node: SpecNode, problems: Diagnostic[]): AllowedAccountDeclaration | null {
  const { origin, value } = node;
  if (!isObject(value)) {
    const text = account.parse(value);
    if (text !== undefined) return { account: text, events: null, origin };
    const message = `\`x-eventbridge.allowAccounts\` holds ${JSON.stringify(value)}; each element is ${account.expected}.`;
    problems.push(report('extension-value', origin, message, form));
    return null;
  }
  const found: Diagnostic[] = [];
  const fields = readFields(node, 'x-eventbridge.allowAccounts', entryFields, found);
  if (fields.account === undefined && found.length === 0) {
    found.push(report('extension-value', origin, 'An entry of `x-eventbridge.allowAccounts` has no `account`.', form));
  }
  problems.push(...found);
  if (fields.account === undefined || found.length > 0) return null;
  return { account: fields.account, events: node.get('events') ?? null, origin };
}
