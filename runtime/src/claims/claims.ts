import { claimBucketVariable } from '@eventloom/engine';
import { addressOf, connect } from '../connection.ts';
import { isEventloomError, PermanentError, RetryLater } from '../errors.ts';
import type { Feature } from '../feature.ts';
import type { Session } from '../handle/session.ts';
import { type Claim, claimIn, isClaimKey, sha256Of } from './claim.ts';
import { getObject } from './claim-bucket.ts';

/**
 * Lets a handler receive payloads that are kept in the claim bucket (`x-claim-check`): an event that is a claim gets its
 * payload back before it is validated. The bucket is the one that the environment names, whatever the message says.
 *
 * A `PermanentError` is thrown with `code` `claim-missing` when the object is gone, `claim-invalid` when its key is not
 * one of ours, `claim-corrupt` when it is not what was claimed. Whatever else S3 says is a `RetryLater`.
 */
export const claims: Feature = {
  check: (options) => {
    const connection = connect(options);
    if (connection.environment.AWS_LAMBDA_FUNCTION_NAME) addressOf(connection, claimBucketVariable);
  },
  restore: (payload, session) => {
    const claim = claimIn(payload);
    return claim ? restore(claim, session) : payload;
  },
};

/** Seconds until an event is tried again whose payload could not be read. */
const retryAfterSeconds = 30;

async function restore(claim: Claim, { connection }: Session): Promise<unknown> {
  if (!isClaimKey(claim)) throw new PermanentError('The key of the claim is none of ours', { code: 'claim-invalid' });
  try {
    return await payloadOf(claim, await getObject(connection, claim.key));
  } catch (cause) {
    if (isEventloomError(cause, 'PermanentError')) throw cause;
    const message = `The payload ${claim.key} could not be read: ${String(cause)}`;
    throw new RetryLater(message, retryAfterSeconds, { code: 'claim-unavailable', cause });
  }
}

async function payloadOf(claim: Claim, body: Uint8Array<ArrayBuffer> | undefined): Promise<unknown> {
  if (!body) throw new PermanentError(`The payload ${claim.key} is gone`, { code: 'claim-missing' });
  if (body.length === claim.bytes && (await sha256Of(body)) === claim.sha256) {
    return JSON.parse(new TextDecoder().decode(body));
  }
  throw new PermanentError(`The payload ${claim.key} is not what was claimed`, { code: 'claim-corrupt' });
}
