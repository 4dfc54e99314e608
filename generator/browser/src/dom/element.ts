/** Makes an element. Texts become text nodes, so they are never read as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

let ids = 0;

/** Returns an id that no other element of the page has. */
export function freshId(prefix: string): string {
  let id: string;
  do id = `${prefix}-${ids++}`;
  while (document.getElementById(id) !== null);
  return id;
}
