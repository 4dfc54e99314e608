import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { ReceiveDeclaration } from '../declarations.ts';
import type { SubscriberType } from '../read/delivery-fields.ts';
import { quote } from '../wording.ts';

/** Reports what a handler would do, where there is none. */
export function checkHandlerless(
  operations: readonly ReceiveDeclaration[],
  type: SubscriberType,
  problems: Diagnostic[],
): void {
  for (const operation of operations) {
    for (const { extension, origin, does } of handlerExtensions(operation, type)) {
      const message = `${quote(extension)} is for handlers, and a consumer of delivery type \`${type}\` has none: nothing would ${does}.`;
      problems.push(report('delivery-without-handler', origin, message));
    }
    checkClaims(operation, type, problems);
  }
}

interface HandlerExtension {
  readonly extension: string;
  readonly origin: Origin;
  /** Completes "nothing would …". */
  readonly does: string;
}

function handlerExtensions(operation: ReceiveDeclaration, type: SubscriberType): readonly HandlerExtension[] {
  const { idempotency, split, gather, downstreams, rest, emits, callers, node } = operation;
  const all: readonly [string, { readonly origin: Origin } | null, string][] = [
    ['x-idempotency', idempotency, 'recognise an event that comes again'],
    ['x-split', split, 'split its events'],
    ['x-gather', gather, 'gather the parts'],
    ['x-downstreams', downstreams, 'call them'],
    ['x-filter-rest', rest, 'evaluate what the route cannot say'],
    ['x-callers', callers === null ? null : { origin: node.keyOrigin('x-callers') }, 'answer a call'],
    [
      'x-emits',
      emits.length === 0 || type === 'workflow' ? null : { origin: node.keyOrigin('x-emits') },
      'publish these events',
    ],
  ];
  return all.flatMap(([extension, found, does]) => (found === null ? [] : [{ extension, origin: found.origin, does }]));
}

/** What reads claims is the runtime in a function. */
function checkClaims({ channel, key, origin }: ReceiveDeclaration, type: SubscriberType, problems: Diagnostic[]): void {
  if (channel.claimCheck === null) return;
  const message = `Channel ${quote(channel.key)} sends claims in place of large payloads (\`x-claim-check\`), and no function of operation ${quote(key)} fetches them: delivery type \`${type}\` gets the claims.`;
  const related = [{ message: 'the claim check', origin: channel.claimCheck.origin }];
  problems.push(report('claim-without-handler', origin, message, undefined, related));
}
