import type { IngressAttribute } from '@eventloom/engine';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { SendDeclaration } from '../declarations.ts';
import type { MessageType } from '../event-model.ts';
import { quote } from '../wording.ts';

/** The attributes that are filled from the payload. A header that must be there and cannot be filled is reported. */
export function ingressAttributes(
  { key }: SendDeclaration,
  origin: Origin,
  { headers, name }: MessageType,
  problems: Diagnostic[],
): readonly IngressAttribute[] {
  for (const header of headers.filter(({ required, inPayload }) => required && !inPayload)) {
    const message = `Operation ${quote(key)}: message ${quote(name)} requires the header ${quote(header.name)}, and its payload has no field of that name and kind to fill it from.`;
    problems.push(report('ingress-header', origin, message));
  }
  return headers
    .filter(({ inPayload }) => inPayload)
    .map((header) => ({ name: header.name, type: header.attributeType }));
}
