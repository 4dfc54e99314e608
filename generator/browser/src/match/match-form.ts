import type { MatchData, MatchEvent } from '../../../src/site/browser/match-format.ts';
import { element } from '../dom/element.ts';
import { chosenIn, hashOf } from './chosen-event.ts';
import { eventScriptOf, validatorOf } from './event-scripts.ts';
import { judge } from './judge.ts';
import type { MatchParts } from './match-parts.ts';
import { readInput } from './read-input.ts';
import { judgementElements, type KnownEvent } from './show-judgement.ts';
import { refusalText, verdictText } from './verdict-text.ts';

/** Brings the match box to life. */
export function startMatchForm(parts: MatchParts, data: MatchData): void {
  const { form, events, examples, input } = parts;
  events.replaceChildren(...data.events.map(({ name, source }, index) => option(index, `${name} from ${source}`)));
  const chosen = (): MatchEvent | null => data.events[events.selectedIndex] ?? null;
  const choose = (event: MatchEvent): void => {
    events.selectedIndex = data.events.indexOf(event);
    settle(parts, fillExamples(parts, event, chosen));
  };
  form.addEventListener('submit', (submitted) => {
    submitted.preventDefault();
    settle(parts, show(parts, data, chosen()));
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  events.addEventListener('change', () => {
    const event = chosen();
    if (event === null) return;
    history.replaceState(null, '', hashOf(event));
    choose(event);
  });
  examples.addEventListener('change', () => {
    const { json } = examples.selectedOptions[0]?.dataset ?? {};
    if (json === undefined) return;
    input.value = json;
    form.requestSubmit();
  });
  addEventListener('hashchange', () => {
    const event = chosenIn(location.hash, data.events);
    if (event !== null) choose(event);
  });
  form.hidden = false;
  const first = chosenIn(location.hash, data.events) ?? data.events[0];
  if (first !== undefined) choose(first);
}

/** Offers the examples of an event; the first takes the place of one that was not changed. */
async function fillExamples(
  { examples, input }: MatchParts,
  event: MatchEvent,
  chosen: () => MatchEvent | null,
): Promise<void> {
  const offered = [...examples.options].map(({ dataset }) => dataset.json);
  const script = await eventScriptOf(event);
  if (chosen() !== event) return;
  examples.replaceChildren(
    ...script.examples.map(({ title, json }, index) => {
      const made = option(index, title);
      made.dataset.json = json;
      return made;
    }),
  );
  const [first] = script.examples;
  if (first !== undefined && (input.value.trim() === '' || offered.includes(input.value))) input.value = first.json;
}

async function show(parts: MatchParts, data: MatchData, chosen: MatchEvent | null): Promise<void> {
  const { verdict, result, input } = parts;
  const read = readInput(input.value, data, chosen);
  if (read.kind !== 'read') {
    verdict.textContent = input.value.trim() === '' ? 'Paste an event first.' : refusalText(read);
    verdict.dataset.state = 'refused';
    result.replaceChildren();
    return;
  }
  const { published } = read;
  const known = await knownEvent(data, published.event);
  const judgement = judge(published, data.topology, known === null ? null : validatorOf(known.script));
  verdict.textContent = verdictText(judgement, published);
  verdict.dataset.state = judgement.valid ? 'valid' : 'invalid';
  result.replaceChildren(...judgementElements(judgement, data, known));
}

async function knownEvent(
  { events }: MatchData,
  asked: Pick<MatchEvent, 'name' | 'source'> | null,
): Promise<KnownEvent | null> {
  const event = events.find(({ name, source }) => name === asked?.name && source === asked.source);
  return event === undefined ? null : { event, script: await eventScriptOf(event) };
}

/** What goes wrong is told where the answer would be. */
function settle({ verdict }: MatchParts, work: Promise<void>): void {
  work.catch((error: unknown) => {
    verdict.textContent = `It cannot be judged: ${error instanceof Error ? error.message : String(error)}.`;
    verdict.dataset.state = 'refused';
  });
}

function option(value: number, text: string): HTMLOptionElement {
  return element('option', { value: String(value) }, text);
}
