import type { EventModel } from '../model/event-model.ts';
import { errorDetail } from './error-detail.ts';
import type { Published } from './published.ts';

/** What the event's schema says. */
export interface PayloadVerdict {
  readonly valid: boolean;
  readonly errors: readonly PayloadError[];
}

export interface PayloadError {
  /** JSON pointer into the payload; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** Judges the payload as the generated validator does. An event that the spec does not know is invalid. */
export async function validatePayload(
  model: EventModel,
  { event, payload, problem }: Published,
): Promise<PayloadVerdict> {
  const message = model.catalog.messages.find(({ typeName }) => typeName === event?.message);
  if (message === undefined) return { valid: false, errors: [{ path: '', message: problem }] };
  const { Ajv } = await import('ajv');
  const { default: formats } = await import('ajv-formats');
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false });
  formats.default(ajv);
  const validate = ajv.compile(message.payload);
  if (validate(payload)) return { valid: true, errors: [] };
  const errors = (validate.errors ?? []).map(({ instancePath, message: text, params }) => ({
    path: instancePath,
    message: `${text ?? 'is wrong'}${errorDetail(params)}`,
  }));
  return { valid: false, errors };
}
