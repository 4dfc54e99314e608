import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EventModel } from '../model/event-model.ts';
import { attributeFilter } from './attribute-filter.ts';
import { busPayload } from './bus-payload.ts';
import { claimFilter } from './claim-filter.ts';
import { deliveryLoop } from './delivery-loop.ts';
import { environmentLimits } from './environment-limits.ts';
import { eventLoop } from './event-loop.ts';
import { fanOut } from './fan-out.ts';
import { fedPattern } from './fed-pattern.ts';
import { filterProofs } from './filter-proofs.ts';
import { filterRepeated } from './filter-repeated.ts';
import { nameLimits } from './name-limits.ts';
import { busPolicy, queuePolicy, rolePolicy } from './policy-limits.ts';
import { queueFilter } from './queue-filter.ts';
import { busesPerAccount, policiesPerAccount, policiesPerTopic, resourcesPerApi, rulesPerBus } from './quotas.ts';
import { receivedTwice } from './received-twice.ts';
import type { Rule } from './rule.ts';
import { sharedHandler } from './shared-handler.ts';
import { stackLimits } from './stack-limits.ts';
import { unconsumedEvent } from './unconsumed-event.ts';
import { undeclaredField } from './undeclared-field.ts';
import { unfedConsumer } from './unfed-consumer.ts';

/** Every rule about the whole model, in the order of their subjects: events, filters, consumers, quotas. */
export const rules: readonly Rule[] = [
  unconsumedEvent,
  unfedConsumer,
  eventLoop,
  fanOut,
  busPayload,
  undeclaredField,
  filterProofs,
  filterRepeated,
  attributeFilter,
  queueFilter,
  claimFilter,
  receivedTwice,
  deliveryLoop,
  sharedHandler,
  rulesPerBus,
  policiesPerTopic,
  policiesPerAccount,
  busesPerAccount,
  resourcesPerApi,
  busPolicy,
  queuePolicy,
  rolePolicy,
  environmentLimits,
  fedPattern,
  nameLimits,
  stackLimits,
];

/** Judges a model by every rule. */
export function check(model: EventModel): readonly Diagnostic[] {
  return rules.flatMap((rule) => rule(model));
}
