import type { Consumer, Subscriber } from '@eventloom/engine';
import type { DrawnNode } from '../site-model.ts';

/** What events of a receiver are put into before its service has them. */
export interface ReceiverTarget {
  readonly kind: Extract<DrawnNode['kind'], 'queue' | 'target' | 'bus'>;
  /** The service of AWS behind it: `SQS queue`, `Step Functions workflow`. */
  readonly construct: string;
}

/** Says what the delivery of a receiver is. */
export function receiverTarget({ delivery }: Pick<Consumer | Subscriber, 'delivery'>): ReceiverTarget {
  switch (delivery.type) {
    case 'queue':
    case 'none':
      return { kind: 'queue', construct: delivery.fifo ? 'SQS FIFO queue' : 'SQS queue' };
    case 'function':
      return target('Lambda function');
    case 'workflow':
      return target('Step Functions workflow');
    case 'stream':
      return target(delivery.kind === 'kinesis' ? 'Kinesis stream' : 'Firehose to S3');
    case 'bus':
      return { kind: 'bus', construct: `EventBridge bus ${delivery.busName}` };
    case 'endpoint':
      return target('API destination');
    case 'log':
      return target('CloudWatch log group');
    case 'email':
      return target('mail');
    case 'sms':
      return target('text message');
    case 'http':
      return target('HTTPS address');
    default:
      return delivery satisfies never;
  }
}

function target(construct: string): ReceiverTarget {
  return { kind: 'target', construct };
}
