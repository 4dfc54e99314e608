import { join } from 'node:path';
import ts from 'typescript-5.9';
import { repository } from './repository.ts';

/** A value as a type should take it; `type` is written in terms of the declarations. */
export interface Assignment {
  readonly type: string;
  readonly value: unknown;
}

/**
 * Tells of each assignment whether the TypeScript compiler allows it, in one program under the flags that the contract
 * promises. Values are no fresh literals, so that keys which a type does not know are no errors.
 */
export function areAssignable(declarations: string, assignments: readonly Assignment[]): readonly boolean[] {
  const lines = assignments.map(
    ({ type, value }, index) =>
      `export const v${index} = ${JSON.stringify(value)} as const; export const t${index}: ${type} = v${index};`,
  );
  const file = join(repository, 'test', 'assignments.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    noEmit: true,
  };
  const source = ts.createSourceFile(file, `${lines.join('\n')}\n${declarations}\n`, ts.ScriptTarget.ES2022, true);
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([file], options, {
    ...host,
    getSourceFile: (name, target) => (name === file ? source : host.getSourceFile(name, target)),
  });
  const failed = new Set<number>();
  for (const { start, code, messageText } of program.getSemanticDiagnostics(source)) {
    const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
    if (line >= lines.length) throw new Error(`declarations do not compile: ${code} ${String(messageText)}`);
    failed.add(line);
  }
  return lines.map((_, line) => !failed.has(line));
}
