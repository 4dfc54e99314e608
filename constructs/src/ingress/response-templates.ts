import type { HttpIngress } from '@eventloom/engine';
import { pathChecks } from './path-checks.ts';

/** Answers 202 with the id of the event, or 500 when EventBridge took the call and not the event. */
export const publishedTemplate: string = [
  "#if($input.path('$.FailedEntryCount') == 0)",
  `{"id":"$input.path('$.Entries[0].EventId')"}`,
  '#else',
  '#set($context.responseOverride.status = 500)',
  '{"message":"The event could not be published."}',
  '#end',
].join('\n');

/** Answers with the id of the message: that of the request, which it carries as its attribute `id`. */
export const sentTemplate = '{"id":"$context.requestId"}';

/** Answers that AWS failed. Nothing of what it says gets out. */
export const failedTemplate = '{"message":"The event could not be published."}';

/** Answers a call that AWS refuses: 400 with the reason when a part of the path is not allowed, else 500. */
export function refusalTemplate(ingress: Pick<HttpIngress, 'parameters'>): string {
  return [
    ...pathChecks(ingress),
    `#if($reason == '')`,
    failedTemplate,
    '#else',
    '#set($context.responseOverride.status = 400)',
    '{"message":"$reason"}',
    '#end',
  ].join('\n');
}

/**
 * Answers a body that the model refuses, as plain text: what API Gateway says of it has quotes, and gateway responses know
 * no function to escape them.
 */
export const refusedBodyTemplate = '$context.error.message: $context.error.validationErrorString';
