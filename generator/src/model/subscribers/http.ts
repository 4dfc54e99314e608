import { type DeliveryPolicy, type HttpDelivery, limits } from '@eventloom/engine';
import { report } from '../../diagnostics/report.ts';
import { httpDefaults } from './defaults.ts';
import { type DeliverySource, given, required } from './options.ts';

/** Makes the delivery to an address that SNS calls. */
export function httpDelivery(source: DeliverySource): HttpDelivery {
  const policy = deliveryPolicy(source);
  checkPolicy(policy, source);
  return {
    type: 'http',
    url: required(source, 'url', '', 'Give the address: `url: https://partner.example/events`.'),
    raw: given<boolean>(source, 'raw') ?? httpDefaults.raw,
    policy,
  };
}

/** A delay that is given alone moves the other one, so that the two never cross by a default. */
function deliveryPolicy(source: DeliverySource): DeliveryPolicy {
  const defaults = httpDefaults.policy;
  const minimum = given<number>(source, 'minimumDelaySeconds');
  const maximum = given<number>(source, 'maximumDelaySeconds');
  return {
    retries: given<number>(source, 'retries') ?? defaults.retries,
    minimumDelaySeconds: minimum ?? Math.min(defaults.minimumDelaySeconds, maximum ?? defaults.maximumDelaySeconds),
    maximumDelaySeconds: maximum ?? Math.max(defaults.maximumDelaySeconds, minimum ?? defaults.minimumDelaySeconds),
    backoff: given<DeliveryPolicy['backoff']>(source, 'backoff') ?? defaults.backoff,
    maximumPerSecond: given<number>(source, 'maximumPerSecond') ?? defaults.maximumPerSecond,
  };
}

/** Rules of SNS for delivery policies. Source: SNS developer guide, sns-message-delivery-retries. */
function checkPolicy(policy: DeliveryPolicy, { options, problems, origin }: DeliverySource): void {
  const { retries, minimumDelaySeconds, maximumDelaySeconds } = policy;
  const at = options.get('maximumDelaySeconds') ?? options.get('minimumDelaySeconds') ?? options.get('retries');
  const most = limits.deliveryTotalSeconds.value;
  if (minimumDelaySeconds > maximumDelaySeconds) {
    const message = `The first retry waits ${minimumDelaySeconds} seconds, which is longer than the maximum of ${maximumDelaySeconds}.`;
    const help = 'Raise `maximumDelaySeconds`, or lower `minimumDelaySeconds`.';
    problems.push(report('delivery-option', at?.origin ?? origin, message, help));
  } else if (totalSeconds(policy) > most) {
    const message = `${retries} retries that wait up to ${maximumDelaySeconds} seconds may take longer than ${most} seconds; SNS refuses that.`;
    const help = 'Lower `retries` or `maximumDelaySeconds`; what is not delivered then goes to the dead-letter queue.';
    problems.push(report('delivery-option', at?.origin ?? origin, message, help));
  }
}

/** What the retries take at least, however the delay grows: all wait for the minimum, the last one for the maximum. */
function totalSeconds({ retries, minimumDelaySeconds, maximumDelaySeconds, backoff }: DeliveryPolicy): number {
  if (retries === 0) return 0;
  if (backoff === 'linear') return (retries * (minimumDelaySeconds + maximumDelaySeconds)) / 2;
  return (retries - 1) * minimumDelaySeconds + maximumDelaySeconds;
}
