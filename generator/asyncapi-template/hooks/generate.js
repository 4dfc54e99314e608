'use strict';

const { readFile, rm } = require('node:fs/promises');
const { resolve } = require('node:path');

/** A template must hold a file, which the AsyncAPI Generator copies into the target; it is not part of the output. */
const placeholder = 'eventloom.txt';

/**
 * Writes Eventloom's output into the generator's target folder. The AsyncAPI Generator does not tell a template which
 * file it reads, and references and line numbers need it: the parameter `spec` says so, and is held against the
 * document that the generator was given.
 */
module.exports = {
  'generate:after': async (generator) => {
    const spec = resolve(generator.templateParams.spec);
    await refuseAnotherDocument(spec, generator.originalAsyncAPI);
    const { generate, renderDiagnostics } = await import('eventloom');
    const result = await generate({ spec, out: resolve(generator.targetDir) });
    await rm(resolve(generator.targetDir, placeholder), { force: true });
    if (!result.ok) throw new Error(`Eventloom found errors in ${spec}:\n${renderDiagnostics(result)}`);
  },
};

async function refuseAnotherDocument(spec, document) {
  const text = await readFile(spec, 'utf8').catch((cause) => {
    throw new Error(`Eventloom cannot read ${spec}. Pass the path of the AsyncAPI file: --param spec=<path>`, {
      cause,
    });
  });
  if (typeof document === 'string' && text !== document) {
    throw new Error(`${spec} is not the document being generated. Pass its path: --param spec=<path>`);
  }
}
