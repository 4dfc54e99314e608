/** A piece of code: text, and the classes of what it is within. */
export interface CodePiece {
  readonly text: string;
  /** From the outermost to the innermost. */
  readonly scopes: readonly string[];
}

/** Reads the markup that highlight.js makes: spans with a class, and five entities. */
export function codePieces(markup: string): readonly CodePiece[] {
  const scopes: string[] = [];
  return markup.split(/(<span class="[^"]*">|<\/span>)/).flatMap((part): readonly CodePiece[] => {
    const [, opened] = /^<span class="([^"]*)">$/.exec(part) ?? [];
    if (opened !== undefined) scopes.push(opened);
    else if (part === '</span>') scopes.pop();
    else if (part !== '') return [{ text: decoded(part), scopes: [...scopes] }];
    return [];
  });
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&amp;': '&',
};

function decoded(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => entities[entity] ?? entity);
}

/** Colours code by elements made here, never by parsing HTML. What would change its text is left alone. */
export function colour(code: HTMLElement, text: string, markup: string): void {
  const pieces = codePieces(markup);
  if (pieces.map((piece) => piece.text).join('') !== text) return;
  code.replaceChildren(...pieces.map(spelled));
}

function spelled({ text, scopes }: CodePiece): Node {
  return scopes.reduceRight<Node>((inner, scope) => {
    const span = document.createElement('span');
    span.className = scope;
    span.append(inner);
    return span;
  }, document.createTextNode(text));
}
