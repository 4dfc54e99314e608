import type { Consumer } from '@eventloom/engine';
import { type Deployment, stackNameOf } from './expected.ts';
import { type Found, resource, resources, spell, type Template, type Templates } from './template.ts';

/** What a template holds for one function, found by following references from it. */
export interface FunctionView {
  readonly template: Template;
  readonly lambda: Found;
  readonly rolePolicy: Found;
  readonly mappings: readonly Found[];
}

/** What a template holds for one consumer, found by following references from its function. */
export interface ConsumerView extends FunctionView {
  /** The queue of the service's own stack that the function reads. */
  readonly queue: Found | undefined;
  /** ARN of what rules and subscriptions deliver to: the queue, else the function. */
  readonly target: string;
  readonly rules: readonly Found[];
  readonly subscriptions: readonly Found[];
  /** Value of EVENTLOOM_DEAD_LETTER_QUEUE_URL. */
  readonly deadLetterUrl: unknown;
  /** The dead-letter queue of the service's own stack. */
  readonly deadLetterQueue: Found | undefined;
}

/** Returns what the templates hold for `consumer`. */
export function viewOf(consumer: Consumer, deployment: Deployment, templates: Templates): ConsumerView {
  const template = templateOf(templates, stackNameOf(deployment, consumer.service));
  const lambda = lambdaOf(template, consumer);
  const queue = resources(template, 'AWS::SQS::Queue').find(({ id }) =>
    mappingsOf(template, lambda).some(({ properties }) => spell(properties.EventSourceArn) === `\${${id}.Arn}`),
  );
  const target = `\${${queue?.id ?? lambda.id}.Arn}`;
  const environment = lambda.properties.Environment as { readonly Variables: Record<string, unknown> };
  const deadLetterUrl = spell(environment.Variables.EVENTLOOM_DEAD_LETTER_QUEUE_URL);
  return {
    ...functionView(template, lambda),
    queue,
    target,
    rules: resources(template, 'AWS::Events::Rule', ({ Targets }) => JSON.stringify(spell(Targets)).includes(target)),
    subscriptions: resources(template, 'AWS::SNS::Subscription', ({ Endpoint }) => spell(Endpoint) === target),
    deadLetterUrl,
    deadLetterQueue: resources(template, 'AWS::SQS::Queue').find(({ id }) => deadLetterUrl === `\${${id}}`),
  };
}

/** Returns what belongs to a function. */
export function functionView(template: Template, lambda: Found): FunctionView {
  return { template, lambda, rolePolicy: rolePolicyOf(template, lambda), mappings: mappingsOf(template, lambda) };
}

/** Returns the template of a stack. */
export function templateOf(templates: Templates, stackName: string): Template {
  const template = templates.get(stackName);
  if (template === undefined) throw new Error(`no stack ${stackName}, only ${[...templates.keys()].join(', ')}`);
  return template;
}

function lambdaOf(template: Template, { constructId, handler }: Consumer): Found {
  const prefix = constructId.replace(/[^A-Za-z0-9]/g, '');
  return resource(
    template,
    'AWS::Lambda::Function',
    ({ Handler }, id) =>
      Handler === `${handler}.handler` &&
      id.startsWith(prefix) &&
      /^(Function)?[0-9A-F]{8}$/.test(id.slice(prefix.length)),
  );
}

function mappingsOf(template: Template, lambda: Found): readonly Found[] {
  return resources(
    template,
    'AWS::Lambda::EventSourceMapping',
    ({ FunctionName }) => spell(FunctionName) === `\${${lambda.id}}`,
  );
}

function rolePolicyOf(template: Template, lambda: Found): Found {
  const role = String(spell(lambda.properties.Role)).replace(/^\$\{(\w+)\.Arn\}$/, '$1');
  return resource(template, 'AWS::IAM::Policy', ({ Roles }) => JSON.stringify(spell(Roles)) === `["\${${role}}"]`);
}
