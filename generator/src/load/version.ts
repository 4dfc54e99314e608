import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { childOf, keyOriginOf, type Location, originOf } from './location.ts';

/** The problem with a document that is not AsyncAPI 3.0 or 3.1, or undefined. */
export function versionProblem(root: Location): Diagnostic | undefined {
  if (typeof root.value !== 'object' || root.value === null || Array.isArray(root.value)) {
    return report('not-an-object', originOf(root), `The spec is ${describe(root.value)}, not an object.`);
  }
  const field = childOf(root, 'asyncapi');
  if (field === undefined) return missingVersion(root);
  const version = String(field.value);
  if (/^3\.[01]\.\d+$/.test(version)) return undefined;
  if (/^2\.\d/.test(version)) {
    return report(
      'asyncapi-2',
      originOf(field),
      `This is an AsyncAPI ${version} document; Eventloom reads 3.0 and 3.1.`,
    );
  }
  const message = `AsyncAPI version ${JSON.stringify(field.value)} is not supported.`;
  return report('asyncapi-version-unsupported', originOf(field), message);
}

const otherFormats = ['openapi', 'swagger', '$schema', 'arazzo', 'AWSTemplateFormatVersion'];

function missingVersion(root: Location): Diagnostic {
  for (const format of otherFormats) {
    const field = childOf(root, format);
    if (field !== undefined && childOf(root, 'channels') === undefined) {
      const message = `There is no field \`asyncapi\`, but \`${format}\`: this is another kind of document.`;
      return report('not-asyncapi', keyOriginOf(field), message);
    }
  }
  return report('asyncapi-version-missing', originOf(root), 'The document has no field `asyncapi`.');
}

function describe(value: unknown): string {
  if (value === null) return 'empty';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
