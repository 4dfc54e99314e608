import type { MatchData } from '../../src/site/browser/match-format.ts';
import { startMatchForm } from './match/match-form.ts';
import { matchParts } from './match/match-parts.ts';

interface MatchGlobals {
  /** Of `match-data.js`, which runs before. */
  readonly eventloomMatch?: MatchData;
}

const parts = matchParts();
const { eventloomMatch } = globalThis as MatchGlobals;
if (parts !== null && eventloomMatch !== undefined && parts.form.dataset.started === undefined) {
  parts.form.dataset.started = '';
  startMatchForm(parts, eventloomMatch);
}
