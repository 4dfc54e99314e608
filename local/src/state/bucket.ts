/** A bucket of S3. */
export interface Bucket {
  readonly name: string;
  /** By key. */
  readonly objects: Map<string, StoredObject>;
}

/** An object of S3. */
export interface StoredObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** By name in lower case, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Checksums that came with it, by header. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}
