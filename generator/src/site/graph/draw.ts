import type { EventType } from '../../model/event-model.ts';
import type { SiteContext } from '../site-context.ts';
import type { Drawing } from '../site-model.ts';

const nothing: Drawing = { width: 0, height: 0, label: '', nodes: [], edges: [], note: null };

/** Draws the whole system as far as it stays readable. */
export function drawSystem(_context: SiteContext): Drawing {
  return nothing;
}

/** Draws who sends and who receives one event. */
export function drawEvent(_context: SiteContext, _event: EventType): Drawing {
  return nothing;
}

/** Draws what one service sends and receives, and with whom. */
export function drawService(_context: SiteContext, _service: string): Drawing {
  return nothing;
}
