import { sortBy } from '../model/order.ts';
import type { SiteContext } from './site-context.ts';
import type { SiteFile } from './site-file.ts';

/** The JSON Schema (draft-07) of each event's payload, to download. */
export function jsonSchemas({ model, paths }: SiteContext): readonly SiteFile[] {
  const payloads = new Map(model.catalog.messages.map(({ typeName, payload }) => [typeName, payload]));
  const files = model.catalog.events.map((event) => {
    const schema = payloads.get(event.message) ?? true;
    const named =
      typeof schema === 'object'
        ? { $schema: 'http://json-schema.org/draft-07/schema#', title: event.name, ...schema }
        : schema;
    return { path: paths.jsonSchema(event), content: `${JSON.stringify(named, null, 2)}\n` };
  });
  return sortBy(files, ({ path }) => path);
}
