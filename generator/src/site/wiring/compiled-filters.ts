import type { EventPattern, Route } from '@eventloom/engine';
import { prettyJson } from '../pretty-json.ts';
import type { ConsumerEntry } from '../site-model.ts';

/** What AWS and the handler get of the filter of a route: each as indented JSON. */
export function compiledFilters(route: Route): ConsumerEntry['compiled'] {
  return [
    ...patternsOf(route),
    ...(route.handlerFilter === undefined ? [] : [titled('Filter that the handler evaluates', route.handlerFilter)]),
  ];
}

function patternsOf(route: Route): ConsumerEntry['compiled'] {
  switch (route.kind) {
    case 'eventbridge':
      return [titled('Event pattern of its rule', route.eventPattern)];
    case 'eventbridge-sns':
      return [
        titled('Event pattern of the channel’s rule, shared by all its consumers', route.eventPattern),
        ...policyOf(route),
      ];
    case 'sns':
      return policyOf(route);
    case 'sqs':
      return route.mappingFilter === null ? [] : [titled('Filter of its event source mapping', route.mappingFilter)];
    default:
      return route satisfies never;
  }
}

function policyOf({
  filterPolicy,
  filterPolicyScope,
}: Extract<Route, { readonly kind: 'sns' | 'eventbridge-sns' }>): ConsumerEntry['compiled'] {
  if (filterPolicy === null) return [];
  return [titled(`Filter policy of its subscription, scope ${filterPolicyScope}`, filterPolicy)];
}

function titled(title: string, pattern: EventPattern): ConsumerEntry['compiled'][number] {
  return { title, json: prettyJson(pattern) };
}
