import { announce } from '../dom/announce.ts';
import { copyText } from '../dom/copy-text.ts';

/** Copies the address of a place when its `a.anchor` is followed. */
export function startAnchorLinks(): void {
  document.addEventListener('click', async ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a.anchor[href^="#"]') : null;
    if (link === null) return;
    if (await copyText(link.href)) announce('Link copied');
  });
}
