import { limits } from '@eventloom/engine';
import { report } from '../diagnostics/report.ts';
import { quote } from '../model/wording.ts';
import { originOf } from './deployed.ts';
import type { Rule } from './rule.ts';

/** Reports channels with so many messages that the pattern of the rule that feeds their topic is too long. */
export const fedPattern: Rule = (model) =>
  model.system.destinations.flatMap((topic) => {
    if (topic.kind !== 'topic' || topic.fedBy === null) return [];
    const size = JSON.stringify(topic.fedBy.eventPattern).length;
    const most = limits.eventPatternCharacters.value;
    if (size <= most) return [];
    const message = `The rule that feeds topic ${quote(topic.name)} names every message of its channel: its pattern would have ${size} characters; the default quota is ${most}.`;
    return [report('fed-pattern-size', originOf(topic, model), message)];
  });
