import { element } from './element.ts';

let region: HTMLElement | null = null;

/** Has a screen reader say something that sighted readers see happen. */
export function announce(text: string): void {
  if (region === null) {
    region = element('div', { role: 'status', class: 'visually-hidden' });
    document.body.append(region);
  }
  region.textContent = text;
}
