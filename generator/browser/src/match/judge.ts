import type { Validator } from '../../../../runtime/src/validator.ts';
import type { Published } from '../../../src/route/published.ts';
import { type RoutedTopology, type RouteRow, routeRows } from '../../../src/route/route-rows.ts';
import type { PayloadVerdict } from '../../../src/route/validate-payload.ts';
import { errorMessage } from './error-message.ts';

/** What `eventloom route` answers about an event. */
export interface Judgement extends PayloadVerdict {
  readonly consumers: readonly RouteRow[];
}

/** Judges an event. Without a validator it is one that the spec does not know, which is invalid. */
export function judge(published: Published, topology: RoutedTopology, validate: Validator<unknown> | null): Judgement {
  return { ...judgePayload(published, validate), consumers: routeRows(topology, published) };
}

function judgePayload({ payload, problem }: Published, validate: Validator<unknown> | null): PayloadVerdict {
  if (validate === null) return { valid: false, errors: [{ path: '', message: problem }] };
  if (validate(payload)) return { valid: true, errors: [] };
  const errors = validate.errors ?? [];
  return { valid: false, errors: errors.map((error) => ({ path: error.instancePath, message: errorMessage(error) })) };
}
