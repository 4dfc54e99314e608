import type { WorkflowDelivery } from '@eventloom/engine';
import { emittedBy } from '../consumer-groups.ts';
import { readDefinition } from '../workflow/read-definition.ts';
import { workflowDefaults } from './defaults.ts';
import { type DeliverySource, given } from './options.ts';

/** Makes the delivery to a state machine: one that a file defines, or one that the constructs are given. */
export function workflowDelivery(source: DeliverySource): WorkflowDelivery {
  const kind = given<WorkflowDelivery['kind']>(source, 'kind') ?? workflowDefaults.kind;
  const option = source.options.get('definition');
  const defined = { kind, emits: emittedBy(source.operations) };
  return {
    type: 'workflow',
    kind,
    definition: option === undefined ? null : readDefinition(option, defined, source.problems),
    input: given<WorkflowDelivery['input']>(source, 'input') ?? workflowDefaults.input,
  };
}
