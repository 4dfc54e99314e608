import type { IngressModel } from './build-ingresses.ts';

/** The modules of the authorizers that the APIs of a service ask, each once, sorted. They are their keys too. */
export function authorizersOf(ingresses: readonly IngressModel[]): readonly string[] {
  const modules = ingresses.flatMap(({ wiring }) =>
    wiring.kind === 'http' && 'handler' in wiring.authorization ? [wiring.authorization.handler] : [],
  );
  return [...new Set(modules)].sort();
}
