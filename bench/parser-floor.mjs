// The floor that generation is measured against: @asyncapi/parser with its default rules on the same file.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../generator/package.json', import.meta.url));
const { Parser } = require('@asyncapi/parser');
const spec = process.argv[2];
const { document } = await new Parser().parse(readFileSync(spec, 'utf8'), { source: spec });
if (document === undefined) throw new Error(`The parser refused ${spec}`);
