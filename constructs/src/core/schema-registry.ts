import { type BusDestination, limits } from '@eventloom/engine';
import { CfnRegistry, CfnSchema } from 'aws-cdk-lib/aws-eventschemas';
import { Construct } from 'constructs';
import { inertJsonText, inertText } from '../inert-json.ts';
import { registryName } from '../physical-name.ts';
import { sortedBy } from '../sorted.ts';

/**
 * Adds the schema registry of a bus, named like it, with a schema for each of its events; nothing when the spec asks for
 * none. The schemas are those of the spec: nothing is discovered.
 */
export function addSchemaRegistry(
  scope: Construct,
  { constructId, schemaRegistry }: BusDestination,
  busName: string,
): void {
  if (schemaRegistry === undefined) return;
  const place = new Construct(scope, `${constructId}Schemas`);
  const registry = new CfnRegistry(place, 'Registry', { registryName: registryName(busName) });
  for (const { name, description, content } of sortedBy(schemaRegistry, (schema) => schema.name)) {
    new CfnSchema(place, name, {
      registryName: registry.attrRegistryName,
      schemaName: name,
      type: 'JSONSchemaDraft4',
      content: inertJsonText(JSON.parse(content)),
      ...(description === null ? {} : { description: inertText(shortened(description)) }),
    });
  }
}

function shortened(text: string): string {
  const most = limits.schemaDescriptionCharacters.value;
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
