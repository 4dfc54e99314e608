import { announce } from '../dom/announce.ts';
import { element } from '../dom/element.ts';

const step = 1.25;
const smallest = 0.2;
const largest = 4;

/** Asks of a reader about the size of a drawing. */
export type ZoomWish = 'closer' | 'farther' | 'fit';

/** Returns the scale that a wish leads to. `fitting` is the scale at which the whole width is seen, at most 1. */
export function zoomed(scale: number, wish: ZoomWish, fitting: number): number {
  if (wish === 'fit') return fitting;
  const wished = wish === 'closer' ? scale * step : scale / step;
  return Math.min(largest, Math.max(Math.min(smallest, fitting), wished));
}

/** Adds buttons that size a drawing, and `+`, `-` and `0` while it has the focus. */
export function startZoom(figure: HTMLElement, graph: SVGSVGElement): void {
  const scroll = figure.querySelector<HTMLElement>('.drawing-scroll');
  const width = graph.viewBox.baseVal?.width || graph.width.baseVal.value;
  const height = graph.viewBox.baseVal?.height || graph.height.baseVal.value;
  if (scroll === null || !(width > 0) || !(height > 0)) return;
  const act = (wish: ZoomWish): void => {
    const scale = graph.getBoundingClientRect().width / width;
    const next = zoomed(scale, wish, Math.min(1, scroll.clientWidth / width));
    resize(graph, scroll, { width: width * next, height: height * next, by: next / scale });
    figure.classList.add('is-zoomed');
    announce(`${Math.round(next * 100)} %`);
  };
  scroll.before(toolbar(act));
  scroll.addEventListener('keydown', (event) => {
    const wish = wishes[event.key];
    if (wish === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(wish);
  });
}

const wishes: Readonly<Record<string, ZoomWish | undefined>> = {
  '+': 'closer',
  '=': 'closer',
  '-': 'farther',
  '0': 'fit',
};

function toolbar(act: (wish: ZoomWish) => void): HTMLElement {
  const button = (wish: ZoomWish, text: string, label: string): HTMLButtonElement => {
    const made = element(
      'button',
      { type: 'button', class: `zoom zoom-${wish}`, 'aria-label': label, title: label },
      text,
    );
    made.addEventListener('click', () => act(wish));
    return made;
  };
  return element(
    'div',
    { class: 'drawing-tools', role: 'group', 'aria-label': 'Size of the drawing' },
    button('farther', '−', 'Smaller'),
    button('closer', '+', 'Larger'),
    button('fit', 'Fit', 'Fit to the width'),
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
  /** Of the new scale to the old one. */
  readonly by: number;
}

/** What was in the middle stays there. */
function resize(graph: SVGSVGElement, scroll: HTMLElement, { width, height, by }: Size): void {
  const middleX = scroll.scrollLeft + scroll.clientWidth / 2;
  const middleY = scroll.scrollTop + scroll.clientHeight / 2;
  Object.assign(graph.style, { width: `${width}px`, height: `${height}px`, maxWidth: 'none', maxHeight: 'none' });
  scroll.scrollTo(middleX * by - scroll.clientWidth / 2, middleY * by - scroll.clientHeight / 2);
}
