/** A part of the path of an HTTP ingress. */
export interface PathSegment {
  readonly kind: 'text' | 'parameter';
  /** The text, or the name of the parameter. */
  readonly text: string;
}

/** The parts of a path, or what is wrong with it, as a sentence. */
export type ParsedPath = readonly PathSegment[] | { readonly fault: string };

/**
 * Takes a path apart. Texts have only characters that mean nothing to API Gateway, to a shell or to a template; names of
 * parameters are letters, digits and `_`. `/` alone has no parts.
 */
export function parsePath(path: string): ParsedPath {
  if (path === '/') return [];
  const segments: PathSegment[] = [];
  for (const part of path.slice(1).split('/')) {
    const segment = parseSegment(part);
    if (typeof segment === 'string') return { fault: segment };
    if (
      segment.kind === 'parameter' &&
      segments.some(({ kind, text }) => kind === 'parameter' && text === segment.text)
    )
      return { fault: `The parameter \`${segment.text}\` stands there twice.` };
    segments.push(segment);
  }
  return segments;
}

/** A segment, or what is wrong with it. */
function parseSegment(part: string): PathSegment | string {
  if (part === '') return 'A part of it is empty: it ends in `/`, or has `//`.';
  const [, name] = /^\{([A-Za-z][A-Za-z0-9_]*)\}$/.exec(part) ?? [];
  if (name !== undefined) return { kind: 'parameter', text: name };
  if (/^\{.*\+\}$/.test(part)) return 'A parameter stands for one part of the path, so that `{name+}` is not possible.';
  if (/^\{.*\}$/.test(part)) return 'The name of a parameter is a letter followed by letters, digits and `_`.';
  if (/^\.+$/.test(part)) return 'A part of dots would be taken for a folder.';
  if (!/^[A-Za-z0-9._:-]+$/.test(part)) {
    return 'Its parts are letters, digits and `.`, `_`, `:`, `-`, or a parameter such as `{market}`.';
  }
  return { kind: 'text', text: part };
}

/** The names of the parameters, in the order of the path. */
export function parameterNames(segments: readonly PathSegment[]): readonly string[] {
  return segments.flatMap(({ kind, text }) => (kind === 'parameter' ? [text] : []));
}
