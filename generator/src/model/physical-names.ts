import { type Limit, limits } from '@eventloom/engine';
import { quote } from './wording.ts';

/** What is wrong with a physical name: a sentence, or null when AWS takes it. */
export type NameFault = string | null;

/** Judges the name of a custom event bus. `default` is taken by the account's own bus. Source: API_CreateEventBus. */
export function busNameFault(name: string): NameFault {
  if (name === 'default') return "`default` is the name of the account's own bus; a custom event bus cannot have it.";
  return fault(name, {
    what: 'name of an event bus',
    characters: /^[A-Za-z0-9._-]*$/,
    allowed: 'letters, digits and `.`, `-`, `_`',
    limit: limits.eventBusNameCharacters,
  });
}

/** Judges the name of a topic; one of a FIFO topic ends in `.fifo`, no other does. Source: API_CreateTopic. */
export function topicNameFault(name: string, fifo: boolean): NameFault {
  return fifoFault(name, fifo, 'topic', limits.topicNameCharacters);
}

/** Judges the name of a queue; one of a FIFO queue ends in `.fifo`, no other does. Source: API_CreateQueue. */
export function queueNameFault(name: string, fifo: boolean): NameFault {
  return fifoFault(name, fifo, 'queue', limits.queueNameCharacters);
}

/** Judges the name of an SNS or SQS message attribute. Source: SNS developer guide, sns-message-attributes. */
export function attributeNameFault(name: string): NameFault {
  if (/^(aws|amazon)\./i.test(name))
    return `The attribute name ${quote(name)} starts with a prefix that AWS keeps for itself.`;
  if (/^\.|\.$|\.\./.test(name))
    return `The attribute name ${quote(name)} has a dot at its start or end, or two in a row.`;
  return fault(name, {
    what: 'name of a message attribute',
    characters: /^[A-Za-z0-9_.-]*$/,
    allowed: 'letters, digits and `_`, `-`, `.`',
    limit: limits.messageAttributeNameCharacters,
  });
}

function fifoFault(name: string, fifo: boolean, what: 'topic' | 'queue', limit: Limit): NameFault {
  const marked = name.endsWith('.fifo');
  if (fifo && !marked) return `${quote(name)} names a FIFO ${what}; such a name ends in \`.fifo\`.`;
  if (!fifo && marked) return `${quote(name)} ends in \`.fifo\`, which only a FIFO ${what} may.`;
  const rule = {
    what: `name of ${what === 'topic' ? 'an SNS topic' : 'an SQS queue'}`,
    characters: fifo ? /^[A-Za-z0-9_-]*\.fifo$/ : /^[A-Za-z0-9_-]*$/,
    allowed: 'letters, digits and `-`, `_`',
    limit,
  };
  return fault(name, rule, fifo ? '.fifo'.length : 0);
}

interface NameRule {
  readonly what: string;
  readonly characters: RegExp;
  readonly allowed: string;
  readonly limit: Limit;
}

function fault(name: string, rule: NameRule, suffixLength = 0): NameFault {
  if (name.length === suffixLength) return `The ${rule.what} is empty.`;
  if (!rule.characters.test(name))
    return `${quote(name)} cannot be the ${rule.what}: it may hold ${rule.allowed} only.`;
  if (name.length <= rule.limit.value) return null;
  return `${quote(name)} has ${name.length} characters; the ${rule.what} has at most ${rule.limit.value}.`;
}
