import { addressOf, type Connection } from '../connection.ts';
import type { DestinationDefinition, PublishedEventDefinition } from '../definitions.ts';
import { ConfigurationError, type MissingDestination } from '../errors.ts';

/** Asks AWS for the destination of every event. Rejects with a `ConfigurationError` that lists those not found. */
export async function verify(connection: Connection, events: readonly PublishedEventDefinition[]): Promise<void> {
  const destinations = new Map(events.map(({ destination }) => [destination.environmentVariable, destination]));
  const found = await Promise.all([...destinations.values()].map((destination) => lookFor(connection, destination)));
  const missing = found.flat();
  const [first] = missing;
  if (first === undefined) return;
  const list = missing.map(({ kind, address, variable, cause }) => `${kind} ${address} of ${variable} (${cause})`);
  const error = new ConfigurationError(first.variable, `AWS does not show ${list.join(', ')}`);
  throw Object.assign(error, { code: 'missing-destination', missing });
}

async function lookFor(
  connection: Connection,
  { transport, environmentVariable: variable }: DestinationDefinition,
): Promise<MissingDestination[]> {
  const address = addressOf(connection, variable);
  try {
    await transport.ask(connection, address);
    return [];
  } catch (cause) {
    return [{ kind: transport.kind, variable, address, cause }];
  }
}
