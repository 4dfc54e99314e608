import { UsageError } from '../usage-error.ts';

/** What is used of a client of the AWS SDK v3. */
export interface SdkClient {
  send(command: object): Promise<unknown>;
}

/**
 * Imports a package of the AWS SDK. It is an optional peer: only redriving needs it.
 * @throws {UsageError} `sdk-missing` when it is not installed.
 */
export async function importSdk<Sdk>(name: string, load: () => Promise<Sdk>): Promise<Sdk> {
  try {
    return await load();
  } catch (cause) {
    throw new UsageError('sdk-missing', `The package ${name} is not installed.`, {
      help: `Install it beside eventloom: npm install --save-dev ${name}`,
      cause,
    });
  }
}
