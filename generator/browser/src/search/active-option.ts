/** Returns the option that Enter follows; the focus stays in the input. */
export function activeOption(input: HTMLInputElement): HTMLElement | null {
  return document.getElementById(input.getAttribute('aria-activedescendant') ?? '');
}

/** Makes an option the active one, or none. */
export function setActive(input: HTMLInputElement, list: HTMLElement, option: HTMLElement | null): void {
  for (const other of list.querySelectorAll('[aria-selected="true"]')) other.setAttribute('aria-selected', 'false');
  if (option === null) {
    input.removeAttribute('aria-activedescendant');
    return;
  }
  option.setAttribute('aria-selected', 'true');
  input.setAttribute('aria-activedescendant', option.id);
}

/** Goes up or down among the options, and round at the ends. */
export function moveActive(input: HTMLInputElement, list: HTMLElement, by: 1 | -1): void {
  const options = [...list.querySelectorAll<HTMLElement>('[role="option"]')];
  const from = options.indexOf(activeOption(input) as HTMLElement);
  const option = options[(from + by + options.length) % options.length] ?? null;
  setActive(input, list, option);
  option?.scrollIntoView({ block: 'nearest' });
}
