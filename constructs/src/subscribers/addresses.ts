import type { DeliveryPolicy, EmailDelivery, HttpDelivery, SmsDelivery } from '@eventloom/engine';
import { plainText } from './plain-text.ts';
import type { SubscriberTarget, SubscriptionEndpoint } from './subscriber-site.ts';

/** Returns what SNS sends to by itself: mail, text messages or requests. */
export function addressesOf(delivery: EmailDelivery | SmsDelivery | HttpDelivery): SubscriberTarget {
  switch (delivery.type) {
    case 'email':
      return { endpoints: delivery.addresses.map((address) => endpointOf('email', 'address', address)) };
    case 'sms':
      return { endpoints: delivery.numbers.map((number) => endpointOf('sms', 'number', number)) };
    case 'http':
      return { endpoints: [httpEndpoint(delivery)] };
    default:
      return delivery satisfies never;
  }
}

function endpointOf(protocol: SubscriptionEndpoint['protocol'], what: string, address: string): SubscriptionEndpoint {
  return { id: address, protocol, endpoint: plainText(what, address) };
}

function httpEndpoint({ url, raw, policy }: HttpDelivery): SubscriptionEndpoint {
  const protocol = /^http:/i.test(url) ? 'http' : 'https';
  return {
    ...endpointOf(protocol, 'URL', url),
    // The only one.
    id: '',
    ...(raw ? { rawMessageDelivery: true } : {}),
    deliveryPolicy: deliveryPolicyOf(policy, raw),
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html#creating-delivery-policy */
function deliveryPolicyOf(policy: DeliveryPolicy, raw: boolean): object {
  const { retries, minimumDelaySeconds, maximumDelaySeconds, backoff, maximumPerSecond } = policy;
  return {
    healthyRetryPolicy: {
      numRetries: retries,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      numMaxDelayRetries: 0,
      minDelayTarget: minimumDelaySeconds,
      maxDelayTarget: maximumDelaySeconds,
      backoffFunction: backoff,
    },
    ...(maximumPerSecond === null ? {} : { throttlePolicy: { maxReceivesPerSecond: maximumPerSecond } }),
    ...(raw ? { requestPolicy: { headerContentType: 'application/json' } } : {}),
  };
}
