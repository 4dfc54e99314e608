import { didYouMean } from '@eventloom/engine';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import { fieldsOf, nameOfKind } from './asyncapi-fields.ts';
import { kindAt } from './places.ts';
import type { ParserResult } from './run-parser.ts';

/** What a result of the parser is about. */
export type Subject = 'key' | 'value' | 'object';

/** A result of the parser in people's words. */
export interface Wording {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** Undefined: the help of the catalogue. */
  readonly help?: string;
  /** `key`: the key at the path; `object`: the object at the path, which lacks something; else the value there. */
  readonly subject: Subject;
}

/** Says what is wrong; `value` is what stands at the path of the result. */
export function word(result: ParserResult, value: unknown): Wording {
  const ruleCode = rules[result.code];
  if (ruleCode !== undefined) return { code: ruleCode, message: wordRule(ruleCode, result), subject: 'value' };
  const { message, path } = result;
  const name = capitalize(nameOf(path));
  const unknown = /^Property ".*" is not expected to be here$/.test(message);
  if (unknown) return unknownField(path);
  const required = /must have required property "(.*)"$/.exec(message);
  if (required !== null) return missingField(path, required[1] ?? '');
  return { code: 'asyncapi-invalid-value', subject: 'value', ...wordValue(message, name, value) };
}

const rules: Readonly<Record<string, DiagnosticCode | undefined>> = {
  'asyncapi-document-unresolved': 'reference-not-allowed',
  'asyncapi3-operation-messages-from-referred-channel': 'operation-message-not-in-channel',
  'asyncapi3-required-operation-channel-unambiguity': 'operation-channel-not-in-channels',
  'asyncapi3-required-channel-servers-unambiguity': 'channel-server-not-in-servers',
  'asyncapi3-channel-servers': 'channel-server-not-in-servers',
  'asyncapi3-channel-no-query-nor-fragment': 'channel-key-delimiter',
  'asyncapi3-channel-parameters': 'channel-parameters',
};

function wordRule(code: DiagnosticCode, { path, message }: ParserResult): string {
  const [, key = ''] = path;
  switch (code) {
    case 'reference-not-allowed':
      return `AsyncAPI allows no reference for ${nameOf(path)}.`;
    case 'operation-message-not-in-channel':
      return `Operation ${quote(key)} lists a message that is not referred to through its channel.`;
    case 'operation-channel-not-in-channels':
      return `The channel of operation ${quote(key)} is no reference to one of the document's \`channels\`.`;
    case 'channel-server-not-in-servers':
      return `Channel ${quote(key)} lists a server that is no reference to one of the document's \`servers\`.`;
    case 'channel-key-delimiter':
      return `The channel key ${quote(key)} contains "?" or "#".`;
    case 'channel-parameters':
      return wordParameters(path, message);
    default:
      return sentence(message);
  }
}

function wordParameters(path: readonly string[], message: string): string {
  const channel = path[path.lastIndexOf('parameters') - 1] ?? '';
  const missing = /Missed: (.*)\.$/.exec(message);
  if (missing === null)
    return `The parameter ${nameOf(path)} does not occur in the address of channel ${quote(channel)}.`;
  return `Channel ${quote(channel)} does not describe these parameters of its address: ${missing[1]}.`;
}

function unknownField(path: readonly string[]): Wording {
  const parent = path.slice(0, -1);
  const field = path.at(-1) ?? '';
  const message = `${quote(field)} is no field of ${describe(parent)}.`;
  const suggestion = didYouMean(field, fieldsOf(parent));
  return {
    code: 'asyncapi-unknown-field',
    message,
    subject: 'key',
    ...(suggestion === '' ? {} : { help: suggestion }),
  };
}

function missingField(path: readonly string[], field: string): Wording {
  const message = `${quote(field)} is missing in ${describe(path)}.`;
  return { code: 'asyncapi-missing-field', message, subject: 'object' };
}

function wordValue(message: string, name: string, value: unknown): Pick<Wording, 'message' | 'help'> {
  const found = show(value);
  const allowed = /must be equal to one of the allowed values: (.*?)(?:\. Did you mean (.*)\?)?$/.exec(message);
  if (allowed !== null) {
    const nearest = typeof value === 'string' ? didYouMean(value, JSON.parse(`[${allowed[1]}]`).map(String)) : '';
    return {
      message: `${name} is ${found}, but must be one of ${allowed[1]}.`,
      ...(nearest === '' ? {} : { help: nearest }),
    };
  }
  const type = /(?:type must be|must be) ([a-z,]+)$/.exec(message);
  if (type !== null) {
    const types = (type[1] ?? '').split(',').map(withArticle).join(' or ');
    return { message: `${name} must be ${types}, but is ${found}.` };
  }
  const format = /must match format "(.*)"$/.exec(message);
  if (format !== null) return { message: `${name} is ${found}, which is no valid ${format[1]}.` };
  const pattern = /must match pattern "(.*)"$/.exec(message);
  if (pattern !== null) return { message: `${name} is ${found}, which does not match ${pattern[1]}.` };
  if (/must not have duplicate items/.test(message)) {
    const items = /## (\d+) and (\d+)/.exec(message);
    const which = items === null ? 'Two elements' : `The elements ${items[1]} and ${items[2]} (counted from 0)`;
    return { message: `${which} of ${name} are the same.` };
  }
  if (/must match/.test(message)) return { message: `${name} is not what AsyncAPI allows here.` };
  return { message: sentence(message) };
}

function describe(path: readonly string[]): string {
  if (path.length === 0) return 'an AsyncAPI document';
  const kind = kindAt(path);
  const name = nameOf(path);
  return kind === undefined || name.startsWith('element') ? name : `${nameOfKind(kind)} ${name}`;
}

function nameOf(path: readonly string[]): string {
  const key = path.at(-1);
  if (key === undefined) return 'the document';
  return /^\d+$/.test(key) && path.length > 1 ? `element ${key} of ${quote(path.at(-2) ?? '')}` : quote(key);
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function withArticle(type: string): string {
  if (type === 'null') return 'null';
  return /^[aio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}
