// The JSON Schemas of the extensions are written at the repository's root and ship with this package.
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const from = fileURLToPath(new URL('../../schemas/extensions', import.meta.url));
const to = fileURLToPath(new URL('../schemas', import.meta.url));
rmSync(to, { recursive: true, force: true });
cpSync(from, to, { recursive: true });
