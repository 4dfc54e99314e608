import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Destinations } from './destinations.ts';

/** Grants the right to call the functions that a service may call directly (`x-callers`), and no others. */
export function grantCalls(grantee: IGrantable, service: string, destinations: Destinations): Grant {
  const calls = destinations.callsOf(service);
  if (calls.length === 0) return Grant.drop(grantee, 'calls');
  return Grant.addToPrincipal({
    grantee,
    actions: ['lambda:InvokeFunction'],
    resourceArns: calls.map(({ arn }) => arn),
  });
}

/** Returns the environment variables that tell the calls of a service where the functions are. */
export function callsEnvironment(service: string, destinations: Destinations): Readonly<Record<string, string>> {
  const calls = destinations.callsOf(service);
  return Object.fromEntries(calls.map(({ environmentVariable, name }) => [environmentVariable, name]));
}
