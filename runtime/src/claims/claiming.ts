import { claimBucketVariable } from '@eventloom/engine';
import { addressOf, type Connection } from '../connection.ts';
import { groupIn } from '../publish/group-in.ts';
import { type Outgoing, refuse } from '../publish/outgoing.ts';
import { ownValue } from '../publish/own-value.ts';
import type { PublishFeature } from '../publish/publish-feature.ts';
import { claimKey, claimPayload, sha256Of } from './claim.ts';
import { putObject } from './claim-bucket.ts';

/**
 * Lets a publisher keep payloads that are too large in the claim bucket (`x-claim-check`) and send a claim in their
 * place. A publisher whose environment names no bucket throws a `ConfigurationError` when it is made. A bucket that does
 * not take one is a `PublishError` with `code` `claim-failed`; nothing is sent then.
 */
export const claiming: PublishFeature = {
  check: (connection) => void addressOf(connection, claimBucketVariable),
  claim,
};

async function claim(outgoing: Outgoing, connection: Connection, signal?: AbortSignal): Promise<Outgoing> {
  const { event, payload, options } = outgoing;
  const body = new TextEncoder().encode(JSON.stringify(payload));
  const sha256 = await sha256Of(body);
  const key = claimKey(event.name, sha256);
  try {
    await putObject(connection, { key, body, sha256 }, signal);
  } catch (cause) {
    throw refuse(outgoing, 'claim-failed', `its payload was not kept: ${(cause as Error).message}`, cause);
  }
  const claimed = claimPayload(payload, { key, bytes: body.length, sha256 }, event.claimCheck?.keep ?? []);
  return { event, payload: claimed, options: { ...options, ...fromPayload(outgoing), validate: false } };
}

/** What is sent beside the payload, but read from it. */
function fromPayload({ event, payload, options }: Outgoing): Pick<Outgoing['options'], 'headers' | 'groupId'> {
  const headers = event.headers.map(({ name }) => [name, ownValue(options.headers, name) ?? ownValue(payload, name)]);
  const groupId = options.groupId ?? groupIn(event, payload);
  return { headers: Object.fromEntries(headers.filter(([, value]) => value !== undefined)), groupId };
}
