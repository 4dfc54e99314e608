import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { SubscriberSite } from './subscriber-site.ts';

/**
 * Adds the role that EventBridge takes to deliver: only for rules of the subscriber's buses, and only for `statements`
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html).
 */
export function addRuleRole(site: SubscriberSite, statements: readonly PolicyStatement[]): Role {
  const { scope } = site;
  const role = new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('events.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
        ArnLike: { 'aws:SourceArn': ruleArns(site) },
      },
    }),
  });
  for (const statement of statements) role.addToPolicy(statement);
  return role;
}

/** Adds the role that EventBridge takes to do `actions` on one resource. */
export function addRuleRoleFor(site: SubscriberSite, actions: readonly string[], resource: string): Role {
  return addRuleRole(site, [new PolicyStatement({ actions: [...actions], resources: [resource] })]);
}

/** Names of rules are chosen by CloudFormation, and a rule names its role: so the buses stand here. */
function ruleArns({ scope, subscriber, destinations }: SubscriberSite): readonly string[] {
  const buses = subscriber.routes.flatMap((route) => (route.kind === 'eventbridge' ? [route.bus] : []));
  return [...new Set(buses)].sort().map((bus) =>
    Stack.of(scope).formatArn({
      service: 'events',
      resource: 'rule',
      resourceName: `${destinations.locate(bus).name}/*`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    }),
  );
}
