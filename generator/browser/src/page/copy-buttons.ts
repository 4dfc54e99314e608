import { announce } from '../dom/announce.ts';
import { copyText } from '../dom/copy-text.ts';
import { element } from '../dom/element.ts';

const shownMs = 2000;

/** Gives each block of code a button that copies it. */
export function startCopyButtons(within: ParentNode = document): void {
  for (const pre of within.querySelectorAll<HTMLElement>('pre:has(> code)')) addCopyButton(pre);
}

function addCopyButton(pre: HTMLElement): void {
  if (pre.parentElement?.classList.contains('copyable') === true) return;
  const button = element('button', { type: 'button', class: 'copy' }, 'Copy');
  const wrapper = element('div', { class: 'copyable' });
  pre.replaceWith(wrapper);
  wrapper.append(pre, button);
  button.addEventListener('click', async () => {
    const isCopied = await copyText(pre.textContent);
    button.textContent = isCopied ? 'Copied' : 'Not copied';
    announce(isCopied ? 'Copied' : 'The browser does not let it be copied');
    setTimeout(() => {
      button.textContent = 'Copy';
    }, shownMs);
  });
}
