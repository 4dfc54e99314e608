import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's root, ending in a separator. */
export const repository: string = fileURLToPath(new URL('../', import.meta.url));
