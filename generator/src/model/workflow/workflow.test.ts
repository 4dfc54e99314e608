import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { understand } from '../../../../test/support/model-of.ts';
import { museum, museumFiles, packing } from '../../../../test/support/museum.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

const path = 'workflows/pack.asl.yaml';

function said(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, origin }) => `${code} at ${origin.file}:${origin.line}`);
}

async function definitionOf(text: string, file = path): Promise<{ definition: unknown; said: readonly string[] }> {
  const { model, diagnostics } = await understand(museum.replace(path, file), { [file]: text });
  const all = model.system.services.flatMap((service) => service.subscribers);
  const found = all.find(({ wiring }) => wiring.key === 'transport/packLoan')?.wiring.delivery;
  return { definition: found?.type === 'workflow' ? found.definition : undefined, said: said(diagnostics) };
}

/** A mistake, what it replaces in the definition, and what is said at the line of `#!`. */
const cases: readonly (readonly [string, string, string])[] = [
  ['workflow-shape', 'StartAt: Check', 'StartsAt: Check #!'],
  ['workflow-shape', 'Failed: { Type: Fail }', 'Failed: Fail #!'],
  ['workflow-shape', ', Seconds: 5', ' #!\n        '],
  ['workflow-shape', '    Branches:', '    Branch:'],
  ['workflow-state-type', 'Type: Map', 'Type: map #!'],
  ['workflow-state-type', 'Failed: { Type: Fail }', 'Failed: { Cause: none } #!'],
  ['workflow-next', 'StartAt: Check', 'StartAt: Chek #!'],
  ['workflow-next', 'Default: Pack', 'Default: Park #!'],
  ['workflow-next', '    Next: Tell', '    Next: Call #!'],
  ['workflow-next', 'Next: Failed }]', 'Next: Faild }] #!'],
  ['workflow-next', '100000, Next: Escort', '100000, Next: Wrap #!\n       '],
  ['workflow-next', '{ StartAt: Call,', '{ StartAt: Tell, #!\n         '],
  ['workflow-end', '    End: true\n', ''],
  ['workflow-end', '    End: true\n', '    End: true\n    Next: Failed\n'],
  ['workflow-end', '{ Type: Fail }', '{ Type: Fail, Next: Tell } #!'],
  ['workflow-end', '    Default: Pack', '    Default: Pack\n    End: true #!'],
  ['workflow-unreachable', '    Catch: [{ ErrorEquals: [States.ALL], Next: Failed }]\n', ''],
  ['workflow-query-language', 'QueryLanguage: JSONata', 'QueryLanguage: Jsonata #!'],
  ['workflow-query-language', '    QueryLanguage: JSONata\n', ''],
  ['workflow-query-language', '    Next: Tell', '    Next: Tell\n    Output: 1 #!'],
  ['workflow-query-language', '    QueryLanguage: JSONata\n', '    QueryLanguage: JSONata\n    ResultPath: $.x #!\n'],
  ['workflow-express', 'events:putEvents', 'events:putEvents.waitForTaskToken #!'],
  ['workflow-substitution', 'EVENTLOOM_BUS_MUSEUM', 'EVENTLOOM_BUS_MUSEUMS'],
  ['workflow-emits', 'DetailType: LoanEnded', 'DetailType: LoanAgreed #!'],
];

/** JSON with the keys and words of the language in any place. */
const anyDefinition = fc.letrec<{ readonly value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<unknown>('A', 'B', 'Task', 'Choice', 'Map', 'Parallel', 'JSONata', '${X}', '${', true, null, 1, ''),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        ...['StartAt', 'States', 'Type', 'Next', 'Default', 'Choices', 'Catch', 'Branches', 'ItemProcessor', 'End'],
        ...['QueryLanguage', 'Resource', 'Arguments', 'Entries', 'Source', 'A', 'B', '__proto__', '$ref'],
      ),
      tie('value'),
    ),
  ),
})).value;

describe('the definition of a workflow', () => {
  it('is judged without a crash, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyDefinition, async (value) => {
        const { said: found } = await definitionOf(JSON.stringify(value), 'workflows/pack.asl.json');
        expect(
          found.every((one) => /^(workflow-|reference)/.test(one)),
          JSON.stringify(found),
        ).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is embedded as JSON with sorted keys, and says what the file says', async () => {
    const { definition, said: found } = await definitionOf(packing);
    expect(found).toEqual([]);
    expect(JSON.parse(String(definition))).toEqual(parse(packing));
    expect(String(definition)).toMatch(/^\{"StartAt":"Check","States":\{"Check":/);
  });

  it('is the same whether it is written in YAML or in JSON, and in whatever order', async () => {
    const { States, StartAt } = parse(packing) as { States: object; StartAt: string };
    const reversed = { States: Object.fromEntries(Object.entries(States).reverse()), StartAt };
    const json = await definitionOf(JSON.stringify(reversed), 'workflows/pack.asl.json');
    expect(json).toEqual(await definitionOf(packing));
  });

  it('may hold a `$ref` and any other key as data', async () => {
    const text = packing.replace('Seconds: 5', "Seconds: 5, Comment: { $ref: '#/nowhere', __proto__: 1 }");
    const { definition, said: found } = await definitionOf(text);
    expect(found).toEqual([]);
    expect(String(definition)).toContain('{"$ref":"#/nowhere","__proto__":1}');
  });

  it('may stand in the spec itself', async () => {
    const spec = museum
      .replace(path, "'#/components/x-pack'")
      .replace('components:', 'components:\n  x-pack: { StartAt: Pack, States: { Pack: { Type: Pass, End: true } } }');
    const { diagnostics } = await understand(spec);
    expect(said(diagnostics)).toEqual([]);
  });

  it.each(cases)('%s: %s becomes %s', async (code, from, to) => {
    expect(packing.split(from).length).toBeGreaterThan(1);
    const bad = packing.replace(from, () => to);
    const line = bad.split('\n').findIndex((text) => text.includes('#!')) + 1;
    const { said: found } = await definitionOf(bad);
    const expected = line > 0 ? `${code} at ${path}:${line}` : code;
    expect(found).not.toEqual([]);
    for (const one of found) expect(one).toContain(expected);
  });

  it('has names of states that Step Functions takes', async () => {
    const name = 'F'.repeat(81);
    expect((await definitionOf(packing.replaceAll('Failed', name.slice(1)))).said).toEqual([]);
    expect((await definitionOf(packing.replaceAll('Failed', name))).said).toEqual([
      expect.stringContaining('workflow-shape'),
    ]);
  });

  it('is refused where it is no object', async () => {
    expect((await definitionOf('[]')).said).toEqual([`workflow-shape at ${path}:1`]);
    expect((await definitionOf('StartAt: A\nStates: {}\n')).said).toEqual([`workflow-shape at ${path}:2`]);
  });

  it('is refused where its states of JSONPath stand in a machine of JSONata', async () => {
    const text = `${packing}QueryLanguage: JSONata\n`.replace(
      '{ Type: Fail }',
      '{ Type: Fail, QueryLanguage: JSONPath }',
    );
    const { said: found } = await definitionOf(text);
    expect(found.filter((one) => one.startsWith('workflow-query-language'))).not.toEqual([]);
  });

  it('waits for tokens where the workflow is a standard one', async () => {
    const waiting = packing.replace('events:putEvents', 'events:putEvents.waitForTaskToken');
    const { diagnostics } = await understand(museum.replace('kind: express, ', ''), { [path]: waiting });
    expect(said(diagnostics)).toEqual([]);
  });

  it('is told to be too large', async () => {
    const large = packing.replace('{ Type: Fail }', `{ Type: Fail, Cause: '${'x'.repeat(1_048_576)}' }`);
    const { said: found } = await definitionOf(large);
    expect(found).toEqual([expect.stringContaining('workflow-size at asyncapi.yaml')]);
  });

  it.each([
    ['../pack.asl.yaml', 'reference-outside-folder'],
    ['/etc/passwd', 'reference-outside-folder'],
    ['https://example.com/pack.asl.json', 'remote-reference'],
    ['workflows/missing.asl.yaml', 'reference-file-not-found'],
    ['workflows/pack.asl.yaml#/Nowhere', 'reference-not-found'],
  ])('is not read from %s', async (name, code) => {
    const { diagnostics } = await understand(museum.replace(path, `'${name}'`), museumFiles);
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
    expect(diagnostics[0]?.origin.line).toBe(museum.split('\n').findIndex((line) => line.includes(path)) + 1);
  });

  it('with wrong syntax is told once, in its file', async () => {
    const { said: found } = await definitionOf('StartAt: [');
    expect(found).toEqual([`syntax-error at ${path}:1`]);
  });
});
