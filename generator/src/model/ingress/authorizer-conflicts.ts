import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortBy } from '../order.ts';
import { quote } from '../wording.ts';
import type { PlacedHttp } from './path-conflicts.ts';

/** Reports tokens of two issuers, or for two audiences, in one authorizer: it would have to choose. Scopes may differ. */
export function authorizerConflicts(ingresses: readonly PlacedHttp[]): readonly Diagnostic[] {
  const seen = new Map<string, { readonly asked: string; readonly ingress: PlacedHttp }>();
  return sortBy(ingresses, ({ wiring }) => wiring.operation).flatMap((ingress) => {
    const { authorization, service, operation } = ingress.wiring;
    if (authorization.kind !== 'jwt' && authorization.kind !== 'lambda') return [];
    const { handler } = authorization;
    const asked =
      authorization.kind === 'jwt'
        ? JSON.stringify([authorization.issuer, [...authorization.audience].sort()])
        : 'a function of its own';
    const key = `${service} ${handler}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, { asked, ingress });
    if (first === undefined || first.asked === asked) return [];
    const message = `Operations ${quote(first.ingress.wiring.operation)} and ${quote(operation)} have the authorizer ${quote(handler)}, and ask different things of it.`;
    const help = 'Give both the same issuer and audience, or one of them another `handler`.';
    const related = [{ message: 'the other operation', origin: first.ingress.origin }];
    return [report('ingress-authorizer', ingress.origin, message, help, related)];
  });
}
