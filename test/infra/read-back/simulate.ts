import {
  compileFilterPolicy,
  compileMappingFilter,
  compilePattern,
  type EventPattern,
  type FilterableMessage,
  type FilterPolicyScope,
  type JsonValue,
  matchesFilterPolicy,
  matchesMappingFilter,
  matchesPattern,
} from '@eventloom/engine';
import { mayInvoke, mayPublish, maySend, type Sender } from './permissions.ts';
import type { Deployed } from './resolve.ts';
import { patternOf, type World } from './world.ts';

/** An event on its way, in every form that a filter may look at. */
export interface Travelling {
  /** EventBridge's envelope. */
  readonly envelope: JsonValue;
  /** What is published to a topic or queue. */
  readonly message: FilterableMessage;
}

/** Something at which a copy of an event ends. */
export interface Arrival {
  readonly arn: string;
  /** Undefined when it is outside of the templates. */
  readonly resource: Deployed | undefined;
  /** The rule or subscription that led there last; undefined where the event was published to it. */
  readonly via: Deployed | undefined;
}

/**
 * Follows an event through what some templates deploy, from the ARN it is published to, by nothing but rules,
 * subscriptions, event source mappings, and the policies that allow each hop. Gives an arrival for each copy: the function
 * that is called, or whatever else stands at the end. A hop without the right to make it is an error.
 */
export function simulate(world: World, arn: string, event: Travelling, via?: Deployed): readonly Arrival[] {
  const resource = world.byArn(arn);
  switch (resource?.type) {
    case 'AWS::Events::EventBus':
      return fromBus(world, resource, event);
    case 'AWS::SNS::Topic':
      return fromTopic(world, resource, event);
    case 'AWS::SQS::Queue':
      return fromQueue(world, resource, event, via);
    default:
      return [{ arn, resource, via }];
  }
}

function fromBus(world: World, bus: Deployed, event: Travelling): readonly Arrival[] {
  const rules = world.of('AWS::Events::Rule').filter(({ properties }) => properties.EventBusName === bus.ref);
  return rules
    .filter(({ properties }) => properties.State !== 'DISABLED' && matchesRule(properties.EventPattern, event.envelope))
    .flatMap((rule) => {
      const sender = { service: 'events', sourceArn: String(rule.arn), via: rule };
      return targetsOf(rule).flatMap((target) => deliver(world, target, sender, inBody(event)));
    });
}

function targetsOf({ properties }: Deployed): readonly string[] {
  return (properties.Targets as readonly { readonly Arn: string }[]).map(({ Arn }) => Arn);
}

function matchesRule(property: unknown, envelope: JsonValue): boolean {
  const compiled = compilePattern(patternOf(property));
  if (!compiled.ok) throw new Error(`a rule does not compile: ${JSON.stringify([property, compiled.errors])}`);
  return matchesPattern(compiled.pattern, envelope);
}

/** Behind a bus the envelope is the body, and there are no attributes. */
function inBody({ envelope }: Travelling): Travelling {
  return { envelope, message: { body: JSON.stringify(envelope), attributes: new Map() } };
}

function fromTopic(world: World, topic: Deployed, event: Travelling): readonly Arrival[] {
  const subscriptions = world
    .of('AWS::SNS::Subscription')
    .filter(({ properties }) => properties.TopicArn === topic.arn);
  return subscriptions
    .filter(({ properties }) => takes(properties, event.message))
    .flatMap((subscription) => {
      const sender = { service: 'sns', sourceArn: String(topic.arn), via: subscription };
      const { properties } = subscription;
      return deliver(world, String(properties.Endpoint), sender, wrapped(event, properties));
    });
}

/** To a queue without raw delivery, filters of an event source mapping would see the envelope of SNS. */
function wrapped(event: Travelling, { Protocol, RawMessageDelivery }: Deployed['properties']): Travelling {
  if (Protocol === 'sqs' && RawMessageDelivery !== true)
    throw new Error('a queue gets messages in the envelope of SNS');
  return event;
}

function takes({ FilterPolicy, FilterPolicyScope }: Deployed['properties'], message: FilterableMessage): boolean {
  if (FilterPolicy === undefined) return true;
  const scope = String(FilterPolicyScope) as FilterPolicyScope;
  const compiled = compileFilterPolicy(patternOf(FilterPolicy) as EventPattern, scope);
  if (!compiled.ok)
    throw new Error(`a filter policy does not compile: ${JSON.stringify([FilterPolicy, compiled.errors])}`);
  return matchesFilterPolicy(compiled.policy, message);
}

function fromQueue(world: World, queue: Deployed, event: Travelling, via: Deployed | undefined): readonly Arrival[] {
  const mappings = world
    .of('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.EventSourceArn === queue.arn && properties.Enabled !== false);
  if (mappings.length === 0) return [{ arn: String(queue.arn), resource: queue, via }];
  if (mappings.length > 1) throw new Error(`${queue.arn} is read by ${mappings.length} event source mappings`);
  return mappings
    .filter(({ properties }) => lets(properties.FilterCriteria, event.message))
    .map(({ properties }) => functionCalled(world, String(properties.FunctionName), via));
}

function functionCalled(world: World, name: string, via: Deployed | undefined): Arrival {
  const resource = world.of('AWS::Lambda::Function').find(({ ref, arn }) => ref === name || arn === name);
  if (resource === undefined) throw new Error(`there is no function ${name}`);
  return { arn: String(resource.arn), resource, via };
}

function lets(criteria: unknown, message: FilterableMessage): boolean {
  const { Filters = [] } = (criteria ?? {}) as { readonly Filters?: readonly { readonly Pattern: string }[] };
  const verdicts = Filters.map(({ Pattern }) => {
    const compiled = compileMappingFilter(JSON.parse(Pattern));
    if (!compiled.ok)
      throw new Error(`a mapping filter does not compile: ${JSON.stringify([Pattern, compiled.errors])}`);
    return matchesMappingFilter(compiled.filter, message);
  });
  return verdicts.length === 0 || verdicts.some((verdict) => verdict);
}

/** One hop by a service of AWS, which needs the right to it. What is outside of the templates has policies of its own. */
function deliver(
  world: World,
  arn: string,
  sender: Sender & { readonly via: Deployed },
  event: Travelling,
): readonly Arrival[] {
  const target = world.byArn(arn);
  if (!isAllowed(world, target, sender))
    throw new Error(`${sender.service} may not deliver to ${arn} for ${sender.sourceArn}`);
  return simulate(world, arn, event, sender.via);
}

function isAllowed(world: World, target: Deployed | undefined, sender: Sender): boolean {
  switch (target?.type) {
    case 'AWS::SQS::Queue':
      return maySend(world, target, sender);
    case 'AWS::SNS::Topic':
      // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html: a rule is not named to a topic.
      return mayPublish(world, target, { ...sender, sourceArn: undefined });
    case 'AWS::Lambda::Function':
      return mayInvoke(world, target, sender);
    default:
      return true;
  }
}
