import { join } from 'node:path';
import ts from 'typescript-5.9';
import { expect, test } from 'vitest';
import { repository } from './support/repository.ts';

/** What users import, by what stands in front of it. */
const entries = {
  '@eventloom/engine': 'engine/src/index.ts',
  '@eventloom/runtime': 'runtime/src/index.ts',
  '@eventloom/runtime/validation': 'runtime/src/validation/index.ts',
  '@eventloom/local': 'local/src/index.ts',
  '@eventloom/local/testing': 'local/src/testing/index.ts',
  '@eventloom/local/testing/arbitraries': 'local/src/testing/arbitraries/index.ts',
  '@eventloom/cdk': 'constructs/src/index.ts',
  '@eventloom/generator': 'generator/src/index.ts',
} as const;

/** What others describe, and we only name the part of it that we use. */
const mirrors: ReadonlySet<string> = new Set([
  'LambdaContext',
  'LocalLambdaContext',
  'OpenTelemetrySpan',
  'OutboxWrite',
  'SpanContext',
  'SpanOptions',
  'WireRequest',
]);

const program = createProgram();
const checker = program.getTypeChecker();

test.each(Object.entries(entries))('every symbol of %s says what it is', (_, entry) => {
  const exported = symbolsOf(entry);
  expect(exported.length).toBeGreaterThan(0);
  const silent = exported.filter((symbol) => !isDocumented(symbol));
  expect(silent.map(({ name }) => name).join(' ')).toBe('');
});

test.each(Object.entries(entries))('every optional member, number and switch of %s says what it means', (_, entry) => {
  const members = symbolsOf(entry).flatMap((symbol) => (mirrors.has(symbol.name) ? [] : membersOf(symbol)));
  const silent = members.filter(({ symbol, node }) => needsWords(node) && !isDocumented(symbol));
  expect(silent.map(({ path }) => path).join(' ')).toBe('');
});

/** Without types of other packages, which take long to read and are not ours. */
function createProgram(): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, types: [], module: ts.ModuleKind.NodeNext, strict: true };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => {
      const own = entries[text as keyof typeof entries];
      const path = text.startsWith('.') ? join(from, '..', text) : own && join(repository, own);
      return { resolvedModule: path ? { resolvedFileName: path, extension: ts.Extension.Ts } : undefined };
    });
  const files = Object.values(entries).map((entry) => join(repository, entry));
  return ts.createProgram(files, options, host);
}

function symbolsOf(entry: string): readonly ts.Symbol[] {
  const file = program.getSourceFile(join(repository, entry));
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry} exports nothing`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

interface Member {
  readonly path: string;
  readonly symbol: ts.Symbol;
  readonly node: ts.Node;
}

/** The members of an interface or a class that users see. */
function membersOf(owner: ts.Symbol): readonly Member[] {
  return (owner.declarations ?? []).flatMap((declaration) => {
    if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassDeclaration(declaration)) return [];
    return [...declaration.members].flatMap((node) => {
      const symbol = node.name && !ts.isPrivateIdentifier(node.name) && checker.getSymbolAtLocation(node.name);
      return symbol ? [{ path: `${owner.name}.${symbol.name}`, symbol, node }] : [];
    });
  });
}

function isDocumented(symbol: ts.Symbol): boolean {
  return symbol.getDocumentationComment(checker).length > 0;
}

/** What has a default, a unit or a range, or means something when it is true. */
function needsWords(node: ts.Node): boolean {
  if (!ts.isPropertySignature(node) && !ts.isPropertyDeclaration(node)) return false;
  const kinds: readonly (ts.SyntaxKind | undefined)[] = [ts.SyntaxKind.NumberKeyword, ts.SyntaxKind.BooleanKeyword];
  return node.questionToken !== undefined || kinds.includes(node.type?.kind);
}
