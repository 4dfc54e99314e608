/** The elements of the match box, as the page has them. */
export interface MatchParts {
  readonly form: HTMLFormElement;
  readonly events: HTMLSelectElement;
  readonly examples: HTMLSelectElement;
  readonly input: HTMLTextAreaElement;
  readonly verdict: HTMLElement;
  readonly result: HTMLElement;
}

/** Finds them; null on a page without the box. */
export function matchParts(): MatchParts | null {
  const form = document.querySelector<HTMLFormElement>('form#match-form');
  const events = document.querySelector<HTMLSelectElement>('select#match-event');
  const examples = document.querySelector<HTMLSelectElement>('select#match-example');
  const input = document.querySelector<HTMLTextAreaElement>('textarea#match-input');
  const verdict = document.getElementById('match-verdict');
  const result = document.getElementById('match-result');
  if (!form || !events || !examples || !input || !verdict || !result) return null;
  return { form, events, examples, input, verdict, result };
}
