import { expect, test } from 'vitest';
import { refusalOf } from './entry.ts';

const error = (fields: object): Error => Object.assign(new Error('no'), fields);

test.each([
  [
    'AWS answered at the first try',
    'AccessDeniedException',
    { name: 'AccessDeniedException', $metadata: { attempts: 1 } },
  ],
  ['nobody listens', 'Error', { code: 'ECONNREFUSED', $metadata: { attempts: 1 } }],
  ['the connection broke', 'unconfirmed', { name: 'TimeoutError', code: 'ECONNRESET', $metadata: { attempts: 1 } }],
  ['the connection broke in an answer', 'unconfirmed', { code: 'ECONNRESET', $metadata: { attempts: 1 } }],
  ['a success cannot be read', 'unconfirmed', { name: 'SyntaxError', $metadata: { httpStatusCode: 200, attempts: 1 } }],
  ['only the response tells of a success', 'unconfirmed', { name: 'SyntaxError', $response: { statusCode: 200 } }],
  ['a refusal cannot be read', 'SyntaxError', { name: 'SyntaxError', $metadata: { httpStatusCode: 400 } }],
  ['SQS has another body than was sent', 'unconfirmed', { message: 'InvalidChecksumError' }],
  ['the SDK had tried before', 'unconfirmed', { name: 'ThrottlingException', $metadata: { attempts: 3 } }],
])('when %s, an entry is refused as %s', (_, code, fields) => {
  const cause = error(fields);
  expect(refusalOf(cause)).toMatchObject({ code, cause });
});
