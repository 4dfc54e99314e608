import { createHash } from 'node:crypto';
import type { AllowedAccount, BusDestination } from '@eventloom/engine';
import { Stack } from 'aws-cdk-lib';
import { CfnEventBusPolicy, type EventBus } from 'aws-cdk-lib/aws-events';
import { policyText } from '../policy-text.ts';
import { sortedBy } from '../sorted.ts';

/**
 * Lets other accounts publish to a bus. One statement for each account and source, bound to the source and its names by
 * `StringEquals`: with `…IfExists` or `ForAllValues` a request that says neither would pass.
 */
export function allowAccounts(bus: EventBus, { allowAccounts: accounts = [] }: BusDestination): void {
  for (const allowed of sortedBy(accounts, ({ account }) => account)) {
    const sources = [...new Set(allowed.events.map(({ source }) => source))];
    for (const source of sortedBy(sources, (text) => text)) allowSource(bus, allowed, source);
  }
}

function allowSource(bus: EventBus, { account, events }: AllowedAccount, source: string): void {
  const names = events.filter((event) => event.source === source).map(({ name }) => policyText(name));
  new CfnEventBusPolicy(bus, `Allow${account}${shortHash(source)}`, {
    eventBusName: bus.eventBusName,
    statementId: `${account}-${shortHash(source)}`,
    statement: {
      Effect: 'Allow',
      Principal: { AWS: Stack.of(bus).formatArn({ service: 'iam', region: '', account, resource: 'root' }) },
      Action: 'events:PutEvents',
      Resource: bus.eventBusArn,
      Condition: {
        StringEquals: {
          'events:source': policyText(source),
          'events:detail-type': [...sortedBy([...new Set(names)], (name) => name)],
        },
      },
    },
  });
}

/** Ids of statements have few characters, sources have any. */
function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
