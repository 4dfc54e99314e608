/** The value of an object's own property; undefined when it has none, or is no object. */
export function ownValue(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
    ? (holder as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** The property names that a JSON pointer (RFC 6901) is made of. */
export function pointerNames(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a JSON pointer (RFC 6901); undefined when there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  return pointerNames(pointer).reduce(ownValue, root);
}
