import { startLights } from './lights.ts';
import { startZoom } from './zoom.ts';

/** Lets readers look closer at drawings. */
export function startDrawings(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('.drawing')) {
    const graph = figure.querySelector<SVGSVGElement>('svg.graph');
    if (graph === null) continue;
    startLights(graph);
    startZoom(figure, graph);
  }
}
