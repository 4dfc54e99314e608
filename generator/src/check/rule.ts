import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EventModel } from '../model/event-model.ts';

/** One rule about the whole model. Pure: the same model gives the same diagnostics. */
export type Rule = (model: EventModel) => readonly Diagnostic[];
