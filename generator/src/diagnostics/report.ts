import { type DiagnosticCode, describeCode } from './codes.ts';
import type { Diagnostic, Origin } from './diagnostic.ts';

/** A place that matters beside the one reported. */
export type RelatedPlace = Diagnostic['related'][number];

/**
 * Makes a diagnostic with the severity of the catalogue.
 *
 * @param help what to do here; default: the catalogue's `fix`. Give an empty string when the message says it all.
 * @param related default: none
 */
export function report(
  code: DiagnosticCode,
  origin: Origin,
  message: string,
  help?: string,
  related: readonly RelatedPlace[] = [],
): Diagnostic {
  const { severity, fix } = describeCode(code);
  return { code, severity, message, help: help ?? fix, origin, related };
}
