/**
 * What is known of the circuit of a downstream. It is closed without `probeAt`; open until then; half-open after that.
 * No record is a closed circuit without failures.
 */
export interface CircuitRecord {
  /** Counts the changes, from 1; a change is made only to the version that was read. */
  readonly version: number;
  /** Failures in a row, over all that call the downstream. */
  readonly failures: number;
  /** When the next probe may start, in milliseconds since 1970. */
  readonly probeAt?: number | undefined;
  /** How long the circuit waits before that probe; undefined while it is closed. */
  readonly waitSeconds?: number | undefined;
  /** When the record is worth nothing any more, in seconds since 1970. */
  readonly expiration: number;
}

/** Remembers circuits. Methods reject when the store cannot be reached; the circuit then counts as closed. */
export interface CircuitStore {
  read(id: string): Promise<CircuitRecord | undefined>;
  /**
   * Writes if what stands there has the version before `record.version`, or if nothing stands there and that is 1.
   * False when somebody else was faster: of several that write at the same instant one does.
   */
  write(id: string, record: CircuitRecord): Promise<boolean>;
}
