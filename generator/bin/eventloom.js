#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// A command lives for a second or two: optimizing code that runs but a little costs more than it saves. Node 20's V8 is
// told to wait longer before it does; later ones weigh that better, and have no such flag.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=500000');

const { main } = await import('../dist/cli/main.js');
process.exitCode = await main(process.argv.slice(2));
