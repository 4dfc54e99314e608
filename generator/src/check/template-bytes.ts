import type { Route, StackPart, Topology } from '@eventloom/engine';

/** JSON text that a resource takes on average, what is counted apart aside: the CDK writes it with line breaks. */
const resourceBytes = 1_100;

/**
 * Estimates how large the template of a stack would be: its resources, and whatever the spec can make long in them: the
 * patterns of rules, filter policies, definitions of workflows, and models of a REST API.
 */
export function templateBytes({ ingresses = [] }: Topology, part: StackPart): number {
  const receivers = [...part.consumers, ...part.subscribers];
  const routes = receivers.flatMap((receiver): readonly Route[] => receiver.routes);
  const definitions = part.subscribers.flatMap(({ delivery }) =>
    delivery.type === 'workflow' ? (delivery.definition ?? '') : '',
  );
  const [service] = receivers.map((receiver) => receiver.service);
  const own = part.number === 0 ? ingresses.filter((ingress) => ingress.service === service) : [];
  const texts = [...routes.map(filterText), ...definitions, ...own.map((ingress) => JSON.stringify(ingress))];
  return part.resources * resourceBytes + texts.reduce((sum, text) => sum + textBytes(text), 0);
}

function filterText(route: Route): string {
  switch (route.kind) {
    case 'eventbridge':
      return JSON.stringify(route.eventPattern);
    case 'eventbridge-sns':
    case 'sns':
      return route.filterPolicy === null ? '' : JSON.stringify(route.filterPolicy);
    case 'sqs':
      return route.mappingFilter === null ? '' : JSON.stringify(route.mappingFilter);
    default:
      return route satisfies never;
  }
}

/** As text inside of JSON: quotes are escaped. */
function textBytes(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length;
}
