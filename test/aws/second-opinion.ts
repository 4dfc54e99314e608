import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SnsRoute } from '@eventloom/engine';
import type { Cloud } from './clouds.ts';
import { compare, type SentEvent, type Verdict } from './compare.ts';
import { doubtful } from './deviations.ts';
import type { Domain } from './domain.ts';
import type { ProbeEvent } from './events.ts';
import { expectedByOperation } from './expect.ts';
import { publishEvents } from './publish.ts';
import { receiveFrom } from './receive.ts';
import type { Plan } from './stacks.ts';

/**
 * Asks another emulator about the subscriptions that the first cannot judge. It gets topics, queues and subscriptions by
 * the API of SNS, with the properties that the templates give the subscriptions, since its CloudFormation passes over
 * them; the events come from the generated publisher again.
 */
export async function askAgain(
  cloud: Cloud,
  { domain, plan, events }: { readonly domain: Domain; readonly plan: Plan; readonly events: readonly ProbeEvent[] },
): Promise<readonly Verdict[]> {
  const { environment, queues } = await subscribe(cloud, domain, plan);
  const asked = events.filter((event) => (variableOf(domain, event) ?? '') in environment);
  const publisher = domain.createPublisher({ environment: { ...placeholders(domain), ...environment } });
  const ids = await publishEvents(publisher, asked);
  const sent = asked.map(
    (event, index): SentEvent => ({ ...event, id: ids[index] ?? '', copies: expectedByOperation(domain, event) }),
  );
  const received = await receiveFrom(cloud, queues, sent);
  return compare([...queues.keys()], sent, received);
}

/** Makes every topic that producers publish to, with a queue for each operation that is asked about. */
async function subscribe(cloud: Cloud, domain: Domain, plan: Plan) {
  const sns = new SNSClient({});
  const environment: Record<string, string> = {};
  const queues = new Map<string, string>();
  for (const destination of domain.topology.destinations) {
    if (destination.kind !== 'topic' || destination.fedBy !== null) continue;
    const { name, fifo, environmentVariable } = destination;
    const { TopicArn } = await sns.send(
      new CreateTopicCommand({ Name: name, Attributes: fifo ? { FifoTopic: 'true' } : {} }),
    );
    environment[environmentVariable] = String(TopicArn);
    for (const operation of operationsOf(domain, destination.key)) {
      const { url, arn } = await makeQueue(cloud.sqs, `opinion-${queues.size}`, fifo);
      queues.set(operation, url);
      const Attributes = attributesOf(plan.subscriptions.get(operation) ?? {});
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn, Attributes }));
    }
  }
  return { environment, queues };
}

/** The variable of the destination that an event is sent to. */
function variableOf({ model, topology }: Domain, { channel, name }: ProbeEvent): string | undefined {
  const event = model.catalog.events.find((one) => one.channel === channel && one.name === name);
  return topology.destinations.find(({ key }) => key === event?.destination)?.environmentVariable;
}

/** The publisher wants to know all its destinations; nothing is sent to these. */
function placeholders({ topology }: Domain): Readonly<Record<string, string>> {
  return Object.fromEntries(topology.destinations.map(({ environmentVariable }) => [environmentVariable, 'unused']));
}

function operationsOf({ topology }: Domain, topic: string): readonly string[] {
  const asked = topology.consumers.filter(({ key }) => doubtful.has(key));
  const routes = asked.flatMap((consumer) => consumer.routes);
  const here = routes.filter((route): route is SnsRoute => route.kind === 'sns' && route.topic === topic);
  return here.map(({ operation }) => operation);
}

async function makeQueue(
  sqs: SQSClient,
  name: string,
  fifo: boolean,
): Promise<{ readonly url: string; readonly arn: string }> {
  const { QueueUrl: url = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: fifo ? `${name}.fifo` : name, Attributes: fifo ? { FifoQueue: 'true' } : {} }),
  );
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { url, arn: Attributes?.QueueArn ?? '' };
}

/** As CloudFormation hands them to SNS: each as text. */
function attributesOf({ FilterPolicy, FilterPolicyScope }: Readonly<Record<string, unknown>>): Record<string, string> {
  const policy = typeof FilterPolicy === 'string' ? FilterPolicy : JSON.stringify(FilterPolicy);
  return {
    RawMessageDelivery: 'true',
    FilterPolicyScope: String(FilterPolicyScope),
    ...(FilterPolicy === undefined ? {} : { FilterPolicy: policy }),
  };
}
