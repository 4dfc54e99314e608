import { prettyJson } from '../../pretty-json.ts';
import type { SiteContext } from '../../site-context.ts';
import type { WireForm } from '../../site-model.ts';
import type { HandlerReception, Reception } from '../receptions.ts';
import type { WireEvent } from './carried.ts';

/** What a function gets of a service that calls it directly (`x-callers`). */
export function callForms(
  { paths }: Pick<SiteContext, 'paths'>,
  receptions: readonly Reception[],
  { event, envelope }: WireEvent,
): readonly WireForm[] {
  const called = receptions.filter(
    (reception): reception is HandlerReception =>
      reception.kind === 'handler' && reception.receiver.wiring.callers !== undefined,
  );
  if (called.length === 0) return [];
  return [
    {
      anchor: 'wire-call',
      title: 'Lambda called directly by a service',
      explanation:
        'The envelope that a rule would hand over, made by the caller: it does not know its account. Who waits for an answer adds `eventloom-call: true`.',
      consumers: called.map(({ receiver, route }) => paths.consumer(event, receiver.wiring.service, route.operation)),
      json: prettyJson({ ...envelope, account: '' }),
    },
  ];
}
