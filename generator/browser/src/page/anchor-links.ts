import { announce } from '../dom/announce.ts';
import { copyText } from '../dom/copy-text.ts';

const shownMs = 2000;

/** Copies the address of a place when its `a.anchor` is followed; it is `is-copied` for a moment. */
export function startAnchorLinks(): void {
  document.addEventListener('click', async ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a.anchor[href^="#"]') : null;
    if (link === null) return;
    if (!(await copyText(link.href))) return;
    announce('Link copied');
    link.classList.add('is-copied');
    setTimeout(() => link.classList.remove('is-copied'), shownMs);
  });
}
