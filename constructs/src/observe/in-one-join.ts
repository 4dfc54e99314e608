import { type IResolveContext, Token, Tokenization } from 'aws-cdk-lib';

/**
 * Returns a text in which tokens stand as one token that becomes one `Fn::Join`. The CDK itself joins a text piece by
 * piece and looks at all of it each time, which takes longer for a dashboard than for all else in its stack.
 */
export function inOneJoin(text: string): string {
  const fragments = Tokenization.reverseString(text);
  if (fragments.tokens.length === 0) return text;
  return Token.asString({
    creationStack: [],
    resolve: (context: IResolveContext) => {
      const pieces: unknown[] = [];
      // With a single fragment there is nothing to join, and it comes back by itself.
      const whole = fragments.mapTokens({ mapToken: (token) => context.resolve(token) }).join({
        join(left: unknown, right: unknown): unknown {
          if (left !== pieces) append(pieces, left);
          append(pieces, right);
          return pieces;
        },
      });
      return whole === pieces ? { 'Fn::Join': ['', pieces] } : whole;
    },
    toString: () => text,
  });
}

/** Adds a piece: texts one after another become one, and a join within becomes part of this one. */
function append(pieces: unknown[], piece: unknown): void {
  const inner = piecesOf(piece);
  if (inner !== undefined) {
    for (const one of inner) append(pieces, one);
    return;
  }
  const last = pieces.at(-1);
  if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
  else pieces.push(piece);
}

function piecesOf(piece: unknown): readonly unknown[] | undefined {
  if (typeof piece !== 'object' || piece === null || !('Fn::Join' in piece)) return undefined;
  const join = piece['Fn::Join'];
  return Array.isArray(join) && join[0] === '' && Array.isArray(join[1]) ? join[1] : undefined;
}
