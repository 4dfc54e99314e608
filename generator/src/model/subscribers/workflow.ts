import type { WorkflowDelivery } from '@eventloom/engine';
import { workflowDefaults } from './defaults.ts';
import { type DeliverySource, given } from './options.ts';

/** Makes the delivery to a state machine. */
export function workflowDelivery(source: DeliverySource): WorkflowDelivery {
  return {
    type: 'workflow',
    kind: given<WorkflowDelivery['kind']>(source, 'kind') ?? workflowDefaults.kind,
    definition: null,
    input: given<WorkflowDelivery['input']>(source, 'input') ?? workflowDefaults.input,
  };
}
