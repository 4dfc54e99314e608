import { handling } from './handling.ts';
import { publishing } from './publishing.ts';
import { remembering } from './remembering.ts';
import type { Sabotage } from './sabotage.ts';

/** Every protection that the suite is shown to rest on. */
export const sabotages: readonly Sabotage[] = [...publishing, ...handling, ...remembering];
