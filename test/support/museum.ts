import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.ts';

const folder = join(repository, 'test/museum');

/** A spec without a fault in which events go to everything that has no handler. */
export const museum: string = readFileSync(join(folder, 'asyncapi.yaml'), 'utf8');

/** The definition of a workflow that the spec names. */
export const packing: string = readFileSync(join(folder, 'workflows/pack.asl.yaml'), 'utf8');

/** The files of the museum beside its spec. */
export const museumFiles: Readonly<Record<string, string>> = { 'workflows/pack.asl.yaml': packing };
