import type { Ingress } from '@eventloom/engine';

/** What an ingress is, in a word or two: `POST /orders/{market}`, `rate(5 minutes)`, `queue` or `table`. */
export function ingressWords(ingress: Ingress): string {
  switch (ingress.kind) {
    case 'http':
      return `${ingress.method} ${ingress.path}`;
    case 'schedule':
      return ingress.expression;
    case 'queue':
    case 'table':
      return ingress.kind;
    default:
      return ingress satisfies never;
  }
}
