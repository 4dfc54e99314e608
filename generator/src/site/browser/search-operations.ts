import type { EventPage } from '../site-model.ts';
import { plainText } from './plain-text.ts';
import type { SearchEntry } from './search-format.ts';

/** Events named of an operation. */
const mostEvents = 3;

/** Characters that are kept of what an operation does. */
const most = 160;

interface Found {
  readonly service: string;
  readonly verb: 'receives' | 'publishes';
  readonly operation: string;
  readonly text: string;
  readonly path: string;
  readonly anchor: string | null;
  readonly events: string[];
}

/** Each operation once, whatever its events; it leads to its entry on the page of the first. */
export function operationEntries(events: readonly EventPage[]): readonly SearchEntry[] {
  const found = new Map<string, Found>();
  for (const event of events) {
    for (const one of [...received(event), ...published(event)]) {
      const key = JSON.stringify([one.verb, one.service, one.operation]);
      const known = found.get(key) ?? one;
      known.events.push(event.name);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ operation, service, verb, text, path, anchor, events: names }) => {
    const listed = [...new Set(names)];
    const shown = [...listed.slice(0, mostEvents), ...(listed.length > mostEvents ? ['…'] : [])].join(', ');
    const where = `${service} ${verb} ${shown}`;
    return anchor === null
      ? ['operation', operation, where, text, path]
      : ['operation', operation, where, text, path, anchor];
  });
}

function received({ path, consumers }: EventPage): readonly Found[] {
  return consumers.map(({ service, operation, consumer, summary, description, anchor }) => {
    const said = [consumer === operation ? '' : consumer, plainText(summary ?? description, most)].filter(Boolean);
    return { service: service.text, verb: 'receives', operation, text: said.join(' · '), path, anchor, events: [] };
  });
}

function published({ path, producers }: EventPage): readonly Found[] {
  return producers.map(({ service, operation, summary }) => {
    const text = plainText(summary, most);
    return { service: service.text, verb: 'publishes', operation, text, path, anchor: null, events: [] };
  });
}
