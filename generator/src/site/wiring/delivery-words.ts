import type { Consumer, Subscriber } from '@eventloom/engine';
import { count } from '../count.ts';
import type { Words } from '../site-model.ts';
import { code } from './words.ts';

/** What events go to, in a few words: `SQS queue, then Lambda`, `Step Functions workflow`. */
export function deliveryWords({ delivery, routes }: Pick<Consumer | Subscriber, 'delivery' | 'routes'>): Words {
  switch (delivery.type) {
    case 'queue':
      return routes.every(({ kind }) => kind === 'sqs')
        ? 'Lambda behind the channel’s own queue'
        : `${delivery.fifo ? 'FIFO SQS queue' : 'SQS queue'}, then Lambda`;
    case 'function':
      return 'Lambda, invoked directly';
    case 'workflow':
      return `Step Functions workflow (${delivery.kind})`;
    case 'stream':
      return delivery.kind === 'kinesis' ? 'Kinesis stream' : 'Firehose into an S3 bucket';
    case 'bus':
      return `Event bus ${code(delivery.busName)}${elsewhere(delivery.account, delivery.region)}`;
    case 'endpoint':
      return 'HTTPS endpoint, called by EventBridge';
    case 'log':
      return 'CloudWatch log group';
    case 'email':
      return `E-mail to ${count(delivery.addresses.length, 'address', 'addresses')}`;
    case 'sms':
      return `Text message to ${count(delivery.numbers.length, 'number')}`;
    case 'http':
      return 'HTTP endpoint, called by SNS';
    case 'none':
      if (delivery.arn !== null) return 'SQS queue of another owner';
      return `${delivery.fifo ? 'FIFO SQS queue' : 'SQS queue'} without a function`;
    default:
      return delivery satisfies never;
  }
}

function elsewhere(account: string | null, region: string | null): string {
  const places = [...(account === null ? [] : [`account ${account}`]), ...(region === null ? [] : [region])];
  return places.length === 0 ? '' : ` of ${places.join(', ')}`;
}
