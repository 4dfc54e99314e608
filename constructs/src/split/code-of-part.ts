import type { Code } from 'aws-cdk-lib/aws-lambda';

/**
 * Returns the same bundle for another stack. The CDK ties an asset to the stack that uses it first, so it is to be called
 * before any function is made of it.
 */
export function codeOfPart(code: Code): Code {
  return Object.assign(Object.create(Object.getPrototypeOf(code)), code) as Code;
}
