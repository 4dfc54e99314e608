import type { Functions, ListedFunction } from './aws.ts';
import { ask, importSdk, type SdkClient } from './import-sdk.ts';

/**
 * Lambda by a client of the AWS SDK.
 * @param client default: one with the SDK's defaults
 * @throws {UsageError} when the package of the client is not installed.
 */
export async function openFunctions(client?: SdkClient): Promise<Functions> {
  const sdk = await importSdk('@aws-sdk/client-lambda', () => import('@aws-sdk/client-lambda'));
  const lambda = client ?? (new sdk.LambdaClient({}) as SdkClient);
  return {
    list: async (namePrefix) => {
      const found: ListedFunction[] = [];
      let Marker: string | undefined;
      do {
        const page: Page = await ask<Page>(lambda, new sdk.ListFunctionsCommand({ Marker }));
        const functions = (page.Functions ?? []).map(listed);
        found.push(...functions.filter(({ name }) => name.startsWith(namePrefix)));
        Marker = page.NextMarker;
      } while (Marker !== undefined && Marker !== '');
      return found;
    },
    invoke: async (FunctionName, payload) => {
      const Payload = new TextEncoder().encode(payload);
      const command = new sdk.InvokeCommand({ FunctionName, InvocationType: 'Event', Payload });
      const { StatusCode } = await ask<{ StatusCode?: number }>(lambda, command);
      if (StatusCode !== accepted) throw new Error(`Lambda answered ${StatusCode} and not ${accepted}`);
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const accepted = 202;

interface Page {
  readonly Functions?: readonly {
    readonly FunctionName?: string;
    readonly Handler?: string;
    readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  }[];
  readonly NextMarker?: string;
}

function listed({ FunctionName, Handler, Environment }: NonNullable<Page['Functions']>[number]): ListedFunction {
  return { name: FunctionName ?? '', handler: Handler ?? '', environment: Environment?.Variables ?? {} };
}
