import { matchAnchor } from '../../../src/site/browser/match-anchor.ts';
import { anchorOf } from '../page/reveal.ts';

interface Address {
  readonly name: string;
  readonly source: string;
}

/**
 * Finds the event that a fragment names: `#event=<name>&source=<source>`, each part percent-encoded, the whole of it once
 * more or not. Without a source it is the first event of the name. Null when there is none.
 */
export function chosenIn<T extends Address>(hash: string, events: readonly T[]): T | null {
  const bare = hash.replace(/^#/, '');
  const asked = new URLSearchParams(bare.includes('=') ? bare : anchorOf(bare));
  const [name, source] = [asked.get('event'), asked.get('source')];
  return events.find((event) => event.name === name && (source === null || event.source === source)) ?? null;
}

/** The fragment that names an event. */
export function hashOf(event: Address): string {
  return `#${matchAnchor(event)}`;
}
