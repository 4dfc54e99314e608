/** Opens whatever hides the place that the address names, now and whenever it changes. */
export function startReveal(): void {
  addEventListener('hashchange', revealNamed);
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    // The same address again is no change.
    if (link !== null && link.hash === location.hash) revealNamed();
  });
  revealNamed();
}

function revealNamed(): void {
  const target = document.getElementById(anchorOf(location.hash));
  if (target !== null && reveal(target)) target.scrollIntoView();
}

/** Opens every `details` and tab around an element, and itself if it is one. Returns whether anything was closed. */
export function reveal(target: Element): boolean {
  let wasHidden = false;
  for (let around: Element | null = target; around !== null; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement && !around.open) {
      around.open = true;
      wasHidden = true;
    }
    if (around instanceof HTMLElement && around.hidden && around.getAttribute('role') === 'tabpanel') {
      document.getElementById(around.getAttribute('aria-labelledby') ?? '')?.click();
      wasHidden = true;
    }
  }
  return wasHidden;
}

/** Reads a fragment; what is wrongly encoded is taken as it stands. */
export function anchorOf(hash: string): string {
  const text = hash.replace(/^#/, '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
