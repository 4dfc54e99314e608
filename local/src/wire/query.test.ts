import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from './aws-error.ts';
import { parseQuery, writeQueryError, writeQueryResponse } from './query.ts';
import { escapeXml } from './xml.ts';

test('lists and maps are read in the order of their numbers', () => {
  const body =
    'Action=PublishBatch&Version=2010-03-31&E.member.10.Id=ten&E.member.2.Id=two&E.member.1.Id=a%20b%2B' +
    '&E.member.1.A.entry.1.Name=dotted.name&E.member.1.A.entry.1.Value.DataType=String';
  const { operation, input } = parseQuery(body);
  expect(operation).toBe('PublishBatch');
  expect(JSON.parse(JSON.stringify(input))).toEqual({
    E: [{ Id: 'a b+', A: { 'dotted.name': { DataType: 'String' } } }, { Id: 'two' }, { Id: 'ten' }],
  });
});

test('names of the prototype are names like others', () => {
  const { input } = parseQuery('Action=A&M.entry.1.Name=__proto__&M.entry.1.Value.DataType=String&constructor=x');
  expect(Object.keys(input.M as object)).toEqual(['__proto__']);
  expect(Object.keys(input)).toEqual(['M', 'constructor']);
  expect(({} as { DataType?: string }).DataType).toBeUndefined();
});

test('any form is read or refused with an AwsError', () => {
  const step = fc.constantFrom('Action', 'member', 'entry', '1', '2', 'Name', 'Value', '__proto__', '', 'x');
  const pair = fc.tuple(fc.array(step, { maxLength: 5 }), fc.string());
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const fields = pairs.map(([path, value]): [string, string] => [path.join('.'), value]);
      const body = new URLSearchParams(fields).toString();
      try {
        parseQuery(body);
      } catch (error) {
        expect(error).toBeInstanceOf(AwsError);
      }
    }),
  );
});

test('responses and errors escape what they say', () => {
  const response = writeQueryResponse('Publish', { MessageId: '<&>', Gone: null, List: [{ A: 1 }] }, 'r', 'urn:x');
  expect(response).toBe(
    '<PublishResponse xmlns="urn:x"><PublishResult><MessageId>&lt;&amp;&gt;</MessageId>' +
      '<List><member><A>1</A></member></List></PublishResult>' +
      '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>',
  );
  const error = writeQueryError(new AwsError('NotFound', 'no "x" <here>', { status: 404 }), 'r', 'urn:x');
  expect(error).toContain('<Message>no &quot;x&quot; &lt;here&gt;</Message>');
});

test('text that XML cannot carry is replaced, the rest kept', () => {
  expect(escapeXml('a\u0000b\ud800c\uffff\r\n\t🎉')).toBe('a\ufffdb\ufffdc\ufffd&#13;&#10;&#9;🎉');
});
