import type { AwsClient, Connection } from '../connection.ts';

/** The client of Lambda of a connection, made when first needed. */
export function lambdaClient(
  { clients }: Connection,
  { LambdaClient }: typeof import('@aws-sdk/client-lambda'),
): AwsClient {
  clients.lambda ??= new LambdaClient({}) as AwsClient;
  return clients.lambda;
}
