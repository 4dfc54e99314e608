import type { ParsedText } from './parsed-text.ts';
import { readCompleteYaml } from './read-complete-yaml.ts';
import { readPlainYaml } from './read-plain-yaml.ts';

/**
 * Reads YAML 1.2 with the core schema (dates stay text, `yes` is text) and with merge keys `<<`, as AsyncAPI's own
 * parser does. Reports every problem there is and never throws for the text's sake.
 */
export function readYaml(text: string): ParsedText {
  return readPlainYaml(text) ?? readCompleteYaml(text);
}
