/** Tells whether `path` names a module below a folder: no way out of it, and nothing that a shell or a file system reads. */
export function isModulePath(path: string): boolean {
  return path.split('/').every((step) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(step)) && !/\.[cm]?[jt]sx?$/.test(path);
}
