import type { EventType } from '../../generator/src/model/event-model.ts';
import { type SiteContext, siteContext } from '../../generator/src/site/site-context.ts';
import type { EventExample } from '../../generator/src/site/site-model.ts';
import { understand } from './model-of.ts';

/** What the describers of the documentation site look into, of a spec given as text. */
export async function siteContextOf(text: string, files: Readonly<Record<string, string>> = {}): Promise<SiteContext> {
  return siteContext((await understand(text, files)).model);
}

/** A payload as an example of a page. */
export function exampleOf(payload: unknown): EventExample {
  const text = JSON.stringify(payload);
  return {
    anchor: 'example-1',
    title: 'Example',
    summary: null,
    origin: 'spec',
    payload,
    json: JSON.stringify(payload, null, 2),
    bytes: Buffer.byteLength(text),
  };
}

/** The event of a name. Throws when there is none. */
export function eventNamed({ model }: SiteContext, name: string): EventType {
  const found = model.catalog.events.find((event) => event.name === name);
  if (found === undefined) throw new Error(`there is no event ${name}`);
  return found;
}
