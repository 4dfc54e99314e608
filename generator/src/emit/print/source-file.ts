import {
  IndentationText,
  Project,
  QuoteKind,
  type SourceFile,
  type SourceFileStructure,
  type StatementStructures,
  StructureKind,
} from 'ts-morph';
import { InternalError } from '../../internal-error.ts';
import { header } from './header.ts';
import { type ImportStatement, relativeSpecifier } from './imports.ts';
import { lineWidth } from './text.ts';

/** A TypeScript file as its parts; every piece of text in it comes from this layer. */
export interface SourceFileParts {
  /** Path below the output folder. */
  readonly path: string;
  /** Base name of the spec. */
  readonly specFile: string;
  readonly imports?: readonly ImportStatement[];
  /** `import * as name from file`; `file` is a path below the output folder. */
  readonly namespaceImports?: readonly { readonly name: string; readonly file: string }[];
  readonly reExports?: readonly ReExport[];
  /** Declarations in order, each with its doc comment and without a line break at its end. */
  readonly declarations?: readonly string[];
}

/** `export * from`, `export * as namespace from` or `export { names } from`; `file` is a path below the output folder. */
export type ReExport = { readonly file: string } & (
  | { readonly kind: 'all' }
  | { readonly kind: 'namespace'; readonly namespace: string }
  | { readonly kind: 'names'; readonly names: readonly string[]; readonly typeOnly: boolean }
);

/** Prints one file. */
export type SourceFilePrinter = (parts: SourceFileParts) => string;

/**
 * Starts a printer of TypeScript files. The only place that knows ts-morph: it gets a file as one structure of text
 * that is already escaped and formatted, and its parser tells whether the result is TypeScript.
 */
export function sourceFilePrinter(): SourceFilePrinter {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Single },
  });
  return (parts) => {
    const file = project.createSourceFile(parts.path, structure(parts), { overwrite: true });
    const text = file.getFullText();
    refuseSyntaxErrors(parts.path, file);
    file.forget();
    return text;
  };
}

function structure(parts: SourceFileParts): SourceFileStructure {
  const leading: StatementStructures[] = [
    ...(parts.imports ?? []).map(importStructure),
    ...(parts.namespaceImports ?? []).map(({ name, file }) => ({
      kind: StructureKind.ImportDeclaration as const,
      namespaceImport: name,
      moduleSpecifier: relativeSpecifier(parts.path, file),
    })),
    ...(parts.reExports ?? []).map((reExport) => reExportStructure(parts.path, reExport)),
  ];
  const declarations = (parts.declarations ?? []).join('\n\n');
  const body = declarations === '' ? [] : [leading.length === 0 ? declarations : `\n${declarations}`];
  return {
    kind: StructureKind.SourceFile,
    leadingTrivia: header(parts.specFile),
    statements: [...leading, ...body],
  };
}

function importStructure({ specifier, typeOnly, names }: ImportStatement): StatementStructures {
  const spelled = names.map(({ name, alias }) => (alias === null ? name : `${name} as ${alias}`));
  const length = `import ${typeOnly ? 'type ' : ''}{ ${spelled.join(', ')} } from '${specifier}';`.length;
  return {
    kind: StructureKind.ImportDeclaration,
    isTypeOnly: typeOnly,
    moduleSpecifier: specifier,
    namedImports:
      length <= lineWidth
        ? spelled
        : (writer) => {
            for (const name of spelled) writer.newLineIfLastNot().write(`${name},`);
            writer.newLine();
          },
  };
}

function reExportStructure(path: string, reExport: ReExport): StatementStructures {
  const shared = {
    kind: StructureKind.ExportDeclaration as const,
    moduleSpecifier: relativeSpecifier(path, reExport.file),
  };
  switch (reExport.kind) {
    case 'all':
      return shared;
    case 'namespace':
      return { ...shared, namespaceExport: reExport.namespace };
    case 'names':
      return { ...shared, isTypeOnly: reExport.typeOnly, namedExports: [...reExport.names] };
    default:
      return reExport satisfies never;
  }
}

/** TypeScript keeps the errors of parsing on the file, though not in its public types. */
function refuseSyntaxErrors(path: string, file: SourceFile): void {
  const { parseDiagnostics } = file.compilerNode as unknown as {
    readonly parseDiagnostics?: readonly { readonly start: number; readonly messageText: unknown }[];
  };
  const [first] = parseDiagnostics ?? [];
  if (first === undefined) return;
  const { line } = file.getLineAndColumnAtPos(first.start);
  throw new InternalError(`The generated file ${path} is not TypeScript: line ${line}: ${String(first.messageText)}`);
}
