/** One file to be written. */
export interface OutputFile {
  /** Path below the output folder, with `/`. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** How an output folder tells the files of an earlier run from everybody else's. */
export interface Ownership {
  /** Path of the manifest, which is written last and names all other files. */
  readonly manifest: string;
  /** Paths of an earlier run, the manifest among them; empty when there was none. They need not be there any more. */
  readonly earlier: ReadonlySet<string>;
  /** What to write before anything else, so that a run that was cut off still knows its own files; null for nothing. */
  readonly claim: OutputFile | null;
  /** What to do about a file of somebody else that stands in the way. */
  readonly help: string;
  /** Whether the file may be overwritten. */
  mayReplace(path: string, content: Buffer): boolean;
  /** Whether a file of an earlier run may go. */
  mayRemove(path: string, content: Buffer): boolean;
}
