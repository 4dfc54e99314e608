import type { BusDelivery } from '@eventloom/engine';
import { ArnFormat, CfnOutput, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { putEventsConditions } from '../grant-publish.ts';
import { addRuleRole } from './delivery-role.ts';
import { plainText } from './plain-text.ts';
import type { SubscriberSite, SubscriberTarget } from './subscriber-site.ts';

/** Another bus with what was made for it. */
export interface BusResources {
  readonly type: 'bus';
  readonly busArn: string;
  /** What EventBridge puts events on the bus as. The policy of a bus of another account must let it. */
  readonly role: Role;
}

/**
 * Lets EventBridge put the subscriber's events on another bus, and no others. A bus of the same system is known by the
 * name that it has in this environment; any other by the name in the spec.
 */
export function addBusTarget(
  site: SubscriberSite,
  delivery: BusDelivery,
): { readonly resources: BusResources; readonly target: SubscriberTarget } {
  const busArn = busArnOf(site, delivery);
  const events = site.subscriber.routes.flatMap((route) => route.events);
  const sources = [...new Set(events.map(({ source }) => source))].sort();
  const statements = sources.map(
    (source) =>
      new PolicyStatement({
        actions: ['events:PutEvents'],
        resources: [busArn],
        conditions: putEventsConditions(source, events),
      }),
  );
  const role = addRuleRole(site, statements);
  if (delivery.account !== null) tellReceiver(site, role, statements);
  return {
    resources: { type: 'bus', busArn, role },
    target: { rule: { id: 'Bus', arn: busArn, roleArn: role.roleArn }, endpoints: [] },
  };
}

/** Puts out what the policy of a bus of another account needs, as one JSON list. */
function tellReceiver({ scope }: SubscriberSite, { roleArn }: Role, statements: readonly PolicyStatement[]): void {
  const list = statements.map((statement) => ({ ...statement.toStatementJson(), Principal: { AWS: roleArn } }));
  new CfnOutput(scope, 'BusPolicyStatements', {
    description: 'What the account of the bus adds to the statements of its policy',
    value: Stack.of(scope).toJsonString(list),
  });
}

function busArnOf({ scope, destinations }: SubscriberSite, { busName, account, region }: BusDelivery): string {
  const own = account === null && region === null ? destinations.busNamed(busName) : undefined;
  if (own !== undefined) return own.arn;
  return Stack.of(scope).formatArn({
    service: 'events',
    resource: 'event-bus',
    resourceName: plainText('bus name', busName),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    ...(account === null ? {} : { account: plainText('account', account) }),
    ...(region === null ? {} : { region: plainText('Region', region) }),
  });
}
