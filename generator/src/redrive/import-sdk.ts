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

/**
 * Asks AWS. What comes back instead of an answer, such as missing credentials or a queue that is not there, is for the
 * caller to put right.
 * @throws {UsageError} `aws-refused`
 */
export async function ask<Answer>(client: SdkClient, command: object): Promise<Answer> {
  try {
    return (await client.send(command)) as Answer;
  } catch (cause) {
    const { name, message } = cause instanceof Error ? cause : { name: 'Error', message: String(cause) };
    throw new UsageError('aws-refused', `AWS did not do it: ${name}: ${message}`, {
      help: 'Check credentials and Region, or AWS_ENDPOINT_URL for an emulator.',
      cause,
    });
  }
}
