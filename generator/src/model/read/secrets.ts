import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import { quote } from '../wording.ts';

const secretWords =
  /^(client_?secret|password|passwd|pwd|token|access_?token|bearer|key|api_?key|api_?key_?value|value|secret_?value|credentials?)$/i;

/** Tells whether a field is called as people call a secret. No field of ours is. */
export function isSecretWord(field: string): boolean {
  return secretWords.test(field);
}

/** The diagnostic of a field that would hold a secret itself. */
export function secretInSpec(subject: string, origin: Origin): Diagnostic {
  const message = `${quote(subject)} would put a secret into the spec, where everybody reads it.`;
  const help =
    'Put it into Secrets Manager, name the secret (`authorization: { …, secret: shop/partner }`), and change what stands here.';
  return report('secret-in-spec', origin, message, help);
}
