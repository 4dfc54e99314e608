import { Script } from 'node:vm';
import { InternalError } from '../../internal-error.ts';

/**
 * Makes sure that the text of a module parses. Only declarations at the start of a line are imported or exported there;
 * without these words it is a script, which the engine parses in a fraction of the time of a compiler.
 */
export function refuseScriptErrors(path: string, text: string): void {
  const script = text.replace(/^import .*$/gm, '').replace(/^export /gm, '');
  try {
    new Script(`'use strict';${script}`, { filename: path });
  } catch (error) {
    throw new InternalError(`The generated file ${path} is not JavaScript`, { cause: error });
  }
}
