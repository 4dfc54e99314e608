import type { ServerDeclaration } from '../declarations.ts';
import type { BusExtras } from '../destinations.ts';
import { allowedAccounts } from './allowed-accounts.ts';
import { registrySchemas } from './schema-registry.ts';

/** Returns what finds the accounts and schemas of a bus. What it does not have is left out. */
export function busExtras(
  context: Parameters<typeof allowedAccounts>[1],
  catalog: Parameters<typeof registrySchemas>[1],
): (server: ServerDeclaration) => BusExtras {
  return (server) => {
    const allowAccounts = allowedAccounts(server, context);
    const schemaRegistry = registrySchemas(server, catalog, context.problems);
    return {
      ...(allowAccounts === undefined ? {} : { allowAccounts }),
      ...(schemaRegistry === undefined ? {} : { schemaRegistry }),
    };
  };
}
