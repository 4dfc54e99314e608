import { ask, importSdk, type SdkClient } from '../redrive/import-sdk.ts';
import type { EventBridge, ListedArchive, ListedRule } from './aws.ts';

/**
 * EventBridge by a client of the AWS SDK.
 * @param client default: one with the SDK's defaults
 * @throws {UsageError} when the package of the client is not installed.
 */
export async function openEventBridge(client?: SdkClient): Promise<EventBridge> {
  const sdk = await importSdk('@aws-sdk/client-eventbridge', () => import('@aws-sdk/client-eventbridge'));
  const events = client ?? (new sdk.EventBridgeClient({}) as SdkClient);
  return {
    busArn: async (Name) => {
      const { Arn } = await ask<{ Arn?: string }>(events, new sdk.DescribeEventBusCommand({ Name }));
      return Arn ?? '';
    },
    archives: (EventSourceArn) =>
      allPages(async (NextToken) => {
        const command = new sdk.ListArchivesCommand({ EventSourceArn, NextToken });
        const page = await ask<{ Archives?: RawArchive[]; NextToken?: string }>(events, command);
        return {
          items: (page.Archives ?? []).map((archive) => listedArchive(archive, EventSourceArn)),
          next: page.NextToken,
        };
      }),
    rules: (EventBusName) =>
      allPages(async (NextToken) => {
        const command = new sdk.ListRulesCommand({ EventBusName, NextToken });
        const page = await ask<{ Rules?: RawRule[]; NextToken?: string }>(events, command);
        return { items: (page.Rules ?? []).map(listedRule), next: page.NextToken };
      }),
    start: async ({ name, archiveArn, busArn, from, to, ruleArns }) => {
      const command = new sdk.StartReplayCommand({
        ReplayName: name,
        EventSourceArn: archiveArn,
        EventStartTime: from,
        EventEndTime: to,
        Destination: { Arn: busArn, ...(ruleArns === null ? {} : { FilterArns: [...ruleArns] }) },
      });
      const started = await ask<{ ReplayArn?: string; State?: string; StateReason?: string }>(events, command);
      return { arn: started.ReplayArn ?? '', state: started.State ?? '', reason: started.StateReason ?? '' };
    },
  };
}

interface RawArchive {
  readonly ArchiveName?: string;
  readonly State?: string;
  readonly EventCount?: number;
}

interface RawRule {
  readonly Name?: string;
  readonly Arn?: string;
  readonly EventPattern?: string;
}

/** EventBridge lists archives without their ARNs: they are in the account and Region of the bus. */
function listedArchive({ ArchiveName = '', State = '', EventCount = 0 }: RawArchive, busArn: string): ListedArchive {
  return {
    name: ArchiveName,
    arn: busArn.replace(/:event-bus\/.*$/, `:archive/${ArchiveName}`),
    state: State,
    eventCount: EventCount,
  };
}

function listedRule({ Name = '', Arn = '', EventPattern = '' }: RawRule): ListedRule {
  return { name: Name, arn: Arn, eventPattern: EventPattern };
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

async function allPages<Item>(load: (token: string | undefined) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const page = await load(token);
    items.push(...page.items);
    token = page.next;
  } while (token !== undefined && token !== '');
  return items;
}
