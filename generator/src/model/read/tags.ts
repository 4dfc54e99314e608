import { limits } from '@eventloom/engine';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SpecNode } from '../../load/spec-document.ts';
import { quote } from '../wording.ts';
import { isObject } from './fields.ts';

/** What CloudFormation passes on as tags to every kind of resource. */
const tagCharacters = /^[\p{L}\p{N} _.:/=+@-]*$/u;
const characters = 'letters, digits, spaces and `_`, `.`, `:`, `/`, `=`, `+`, `-`, `@`';

/**
 * Reads `tags` of an object; undefined when there are none. Wrong ones are reported and left out.
 * @param subject how messages call the object: `x-infrastructure`.
 */
export function readTags(
  holder: SpecNode,
  subject: string,
  problems: Diagnostic[],
): Readonly<Record<string, string>> | undefined {
  const node = holder.get('tags');
  if (node === undefined || !isObject(node.value)) return undefined;
  const entries = node.entries();
  const most = limits.tagsPerResource.value;
  if (entries.length > most) {
    const message = `${quote(`${subject}.tags`)} has ${entries.length} tags; a resource has ${most} at most.`;
    problems.push(report('extension-value', holder.keyOrigin('tags'), message, 'Remove some.'));
  }
  const tags = entries.flatMap(([key, { value }]): (readonly [string, string])[] => {
    const fault = tagFault(key, value);
    if (fault === null) return [[key, value as string]];
    const message = `The tag ${quote(key)} of ${quote(subject)} ${fault}`;
    problems.push(report('extension-value', node.keyOrigin(key), message, ''));
    return [];
  });
  return Object.fromEntries(tags);
}

function tagFault(key: string, value: unknown): string | null {
  if (key === '' || key.length > limits.tagKeyCharacters.value || !tagCharacters.test(key) || key === '__proto__') {
    return `has no key that AWS takes: 1 to ${limits.tagKeyCharacters.value} ${characters}.`;
  }
  if (/^aws:/i.test(key)) return 'starts with `aws:`, which AWS keeps for itself.';
  if (typeof value !== 'string') return `is ${JSON.stringify(value)}; its value is a text: put it in quotes.`;
  if (value.length > limits.tagValueCharacters.value || !tagCharacters.test(value)) {
    return `has a value that AWS does not take: ${limits.tagValueCharacters.value} ${characters} at most.`;
  }
  return null;
}

/** Plain addresses only: SNS sends to any, but quotes and braces are more often a mistake than a mailbox. */
const mailAddress = /^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/**
 * Reads `notify` of an object, in the order given and each once; undefined when it is not there.
 * @param subject how messages call the object: `x-infrastructure`.
 */
export function readNotify(holder: SpecNode, subject: string, problems: Diagnostic[]): readonly string[] | undefined {
  const node = holder.get('notify');
  if (node === undefined || !Array.isArray(node.value)) return undefined;
  const addresses = node.entries().flatMap(([, { value, origin }]) => {
    if (typeof value === 'string' && mailAddress.test(value)) return [value];
    const message = `${quote(`${subject}.notify`)} holds ${JSON.stringify(value)}, which is no mail address.`;
    problems.push(report('extension-value', origin, message, 'For example `oncall@example.com`.'));
    return [];
  });
  return [...new Set(addresses)];
}
