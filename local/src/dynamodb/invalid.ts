import { AwsError } from '../wire/aws-error.ts';

/** What DynamoDB says of a request that makes no sense. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
