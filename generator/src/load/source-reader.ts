import { createHash } from 'node:crypto';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { report } from '../diagnostics/report.ts';
import { decodeText } from './decode-text.ts';
import type { Files } from './follow.ts';
import type { ReadFile } from './read-file.ts';
import { originAt, parseSource, type SourceFile } from './source-file.ts';
import { indexLines } from './syntax/line-index.ts';

/** A file that was read: what a cache has to compare. */
export interface InputFile {
  /** Relative to the spec's folder, with `/`. */
  readonly path: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** Files larger than this are refused. */
const largestFileBytes = 32 * 1024 * 1024;

/** Why a file was not read. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: DiagnosticCode;
  readonly message: string;
}

/** Reads and parses files below the spec's folder, each once, and remembers them. */
export class SourceReader implements Files {
  readonly inputs: InputFile[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly texts: Map<string, string> = new Map();
  readonly #io: ReadFile;
  readonly #folder: string;
  readonly #read = new Map<string, SourceFile | Refusal>();

  /** @param folder of the spec; empty for the working directory */
  constructor(io: ReadFile, folder: string) {
    this.#io = io;
    this.#folder = folder;
  }

  get(name: string): SourceFile | undefined {
    const file = this.#read.get(name);
    return file === undefined || 'kind' in file ? undefined : file;
  }

  /** The file `name`, read at the first call. A file with wrong syntax is given all the same, and reported. */
  async open(name: string): Promise<SourceFile | Refusal> {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const file = await this.#open(name);
    this.#read.set(name, file);
    return file;
  }

  /** The bytes of the file `name`, which is no document of the spec; it counts as an input all the same. */
  async openBytes(name: string, largestBytes: number): Promise<Uint8Array | Refusal> {
    return this.#reading(name, (bytes) => tooLarge(name, bytes, largestBytes) ?? bytes);
  }

  /** Whether there is a file `name`. */
  async exists(name: string): Promise<boolean> {
    return (await this.#io.realpath(this.#pathOf(name)).catch(() => null)) !== null;
  }

  #pathOf(name: string): string {
    return this.#folder === '' ? name : `${this.#folder}/${name}`;
  }

  async #open(name: string): Promise<SourceFile | Refusal> {
    return this.#reading(name, (bytes) => this.#parse(name, bytes));
  }

  async #reading<T>(name: string, use: (bytes: Uint8Array) => T): Promise<T | Refusal> {
    const path = this.#pathOf(name);
    try {
      const outside = await this.#isOutside(path);
      if (outside)
        return refuse('reference-outside-folder', `${name} is a link that leads out of the folder of the spec.`);
      const bytes = await this.#io.read(path);
      if (bytes === null) return refuse('reference-file-not-found', `There is no file ${name}.`);
      this.#addInput(name, bytes);
      return use(bytes);
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      const message = reason === 'EISDIR' ? `${name} is a folder.` : `${name} cannot be read (${reason}).`;
      return refuse('file-unreadable', message);
    }
  }

  #addInput(name: string, bytes: Uint8Array): void {
    if (this.inputs.some(({ path }) => path === name)) return;
    this.inputs.push({ path: name, sha256: createHash('sha256').update(bytes).digest('hex') });
  }

  async #isOutside(path: string): Promise<boolean> {
    const [folder, file] = await Promise.all([this.#io.realpath(this.#folder || '.'), this.#io.realpath(path)]);
    if (folder === null || file === null) return false;
    const prefix = folder.replaceAll('\\', '/').replace(/\/?$/, '/');
    return folder !== '.' && !file.replaceAll('\\', '/').startsWith(prefix);
  }

  #parse(name: string, bytes: Uint8Array): SourceFile | Refusal {
    const refused = tooLarge(name, bytes, largestFileBytes);
    if (refused !== null) return refused;
    const decoded = decodeText(bytes);
    if (!decoded.ok) return this.#undecodable(name, decoded.message, decoded.textBefore);
    this.texts.set(name, decoded.text);
    const { file, diagnostics } = parseSource(name, decoded.text);
    this.diagnostics.push(...diagnostics);
    return file;
  }

  #undecodable(name: string, message: string, textBefore: string): SourceFile {
    const lines = indexLines(textBefore);
    this.texts.set(name, textBefore);
    this.diagnostics.push(report('invalid-encoding', originAt({ name, lines }, textBefore.length, ''), message));
    const tape = { keys: [''], keyOffsets: [0], valueOffsets: [0], ends: [1], links: new Map<number, number>() };
    return { name, text: textBefore, lines, value: null, tape, usable: false };
  }
}

function tooLarge(name: string, { length }: Uint8Array, largestBytes: number): Refusal | null {
  if (length <= largestBytes) return null;
  return refuse('file-too-large', `${name} has ${length} bytes; at most ${largestBytes} are read.`);
}

function refuse(code: DiagnosticCode, message: string): Refusal {
  return { kind: 'refused', code, message };
}
