import type { EventType } from '../../model/event-model.ts';
import type { SiteContext } from '../site-context.ts';
import type { Drawing } from '../site-model.ts';
import { layoutColumns } from './layout-columns.ts';
import { drawingBytes } from './render-drawing.ts';
import { sketchEvent } from './sketch-event.ts';
import { sketchService } from './sketch-service.ts';
import { strategies } from './system-strategies.ts';
import { cutMiddle } from './text-width.ts';

/** Draws the whole system as far as it stays readable: with all its wiring, else by events, else by services. */
export function drawSystem(context: SiteContext): Drawing {
  const label = labelOf('How events go through ', context.model.spec.title);
  for (const { sketch, layout, fits, note } of strategies) {
    if (context.model.catalog.events.length > fits.events) continue;
    const sketched = sketch(context);
    if (sketched.nodes.length > fits.nodes || sketched.lines.length > fits.lines) continue;
    const drawing = { ...layout(sketched), label, note };
    if (drawing.width <= fits.width && drawing.height <= fits.height && drawingBytes(drawing) <= fits.bytes)
      return drawing;
  }
  return { width: 0, height: 0, label, nodes: [], edges: [], note: null };
}

/** Draws who sends and who receives one event. */
export function drawEvent(context: SiteContext, event: EventType): Drawing {
  const { sketch, note } = sketchEvent(context, event);
  return { ...layoutColumns(sketch), label: labelOf('Who sends and who receives ', event.name), note };
}

/** Draws what one service sends and receives, and with whom. */
export function drawService(context: SiteContext, service: string): Drawing {
  const { sketch, note } = sketchService(context, service);
  return { ...layoutColumns(sketch), label: labelOf('What is sent and received by ', service), note };
}

function labelOf(words: string, name: string): string {
  return `${words}${cutMiddle(name, 80)}`;
}
