import type { HttpIngress } from '@eventloom/engine';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { sortBy } from '../order.ts';
import { quote } from '../wording.ts';
import { parsePath } from './path.ts';

/** An HTTP ingress, and where its path is written. */
export interface PlacedHttp {
  readonly wiring: HttpIngress;
  readonly origin: Origin;
}

/**
 * Reports paths of one service that API Gateway could not tell apart: the same method and path twice, and parameters of
 * two names at one place. A text beside a parameter is no conflict: the text comes first.
 */
export function pathConflicts(ingresses: readonly PlacedHttp[]): readonly Diagnostic[] {
  const routes = new Map<string, PlacedHttp>();
  const parameters = new Map<string, { readonly name: string; readonly ingress: PlacedHttp }>();
  const found: Diagnostic[] = [];
  for (const ingress of sortBy(ingresses, ({ wiring }) => wiring.operation)) {
    const { method, path, service, operation } = ingress.wiring;
    const route = `${service} ${method} ${path.replace(/\{\w+\}/g, '{}')}`;
    const first = routes.get(route);
    if (first === undefined) routes.set(route, ingress);
    else {
      const message = `Operations ${quote(first.wiring.operation)} and ${quote(operation)} of service ${quote(service)} both have ${quote(`${method} ${path}`)}.`;
      found.push(taken(ingress, first, message, 'Change a path or a method.'));
      continue;
    }
    for (const { place, name } of parameterPlaces(ingress.wiring)) {
      const other = parameters.get(place);
      if (other === undefined) parameters.set(place, { name, ingress });
      else if (other.name !== name) {
        const message = `The path ${quote(path)} has the parameter ${quote(name)} where ${quote(other.ingress.wiring.path)} has ${quote(other.name)}; API Gateway allows one name at a place.`;
        found.push(taken(ingress, other.ingress, message, 'Give both parameters one name.'));
      }
    }
  }
  return found;
}

function taken(ingress: PlacedHttp, first: PlacedHttp, message: string, help: string): Diagnostic {
  const related = [{ message: 'the other path', origin: first.origin }];
  return report('ingress-path-taken', ingress.origin, message, help, related);
}

/** Where each parameter stands: the service and the path before it. */
function parameterPlaces({ service, path }: HttpIngress): readonly { readonly place: string; readonly name: string }[] {
  const segments = parsePath(path);
  if ('fault' in segments) return [];
  const before: string[] = [service];
  return segments.flatMap(({ kind, text }) => {
    const place = before.join('/');
    before.push(kind === 'parameter' ? '{}' : text);
    return kind === 'parameter' ? [{ place, name: text }] : [];
  });
}
