import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repository } from '../support/repository.ts';
import { connectCloud } from './clouds.ts';
import { type Domain, loadDomain } from './domain.ts';
import { type EmulatorName, recognize, withEmulator } from './emulators.ts';
import { judge } from './judge.ts';
import { virtualEnvironment } from './python/virtual-environment.ts';

// `npm run test:aws` deploys the shop and a harbour to emulators that it starts. Where AWS_ENDPOINT_URL is set, it deploys
// there and starts nothing; `-- --deploy` deploys to the account of the credentials. `--seed N` draws the same events
// again, `--spec <file>` takes other specs, `--keep` leaves the stacks where they are.
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    events: { type: 'string', default: '240' },
    spec: { type: 'string', multiple: true, default: ['asyncapi.yaml', 'test/aws/harbour/asyncapi.yaml'] },
    deploy: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const endpoint = process.env.AWS_ENDPOINT_URL ?? '';
const python = values.deploy || endpoint !== '' ? undefined : virtualEnvironment();

if (python?.ok === false) {
  console.info(
    `skipped: ${python.why}. Nothing was deployed; set AWS_ENDPOINT_URL to use an emulator that runs already.`,
  );
} else {
  const scratch = makeScratch();
  try {
    process.exitCode = (await run(python?.python, await loadDomains(scratch))) ? 0 : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function run(ownPython: string | undefined, domains: readonly Domain[]): Promise<boolean> {
  console.info(`Events are drawn from seed ${seed} (--seed ${seed} draws the same).`);
  const settings = { domains, seed, events: Number(values.events), keep: values.keep };
  if (ownPython === undefined) return judge({ ...settings, cloud: connectCloud(await known()), second: null });
  return withEmulator('MiniStack', ownPython, () =>
    judge({
      ...settings,
      cloud: connectCloud('MiniStack'),
      second: (ask) => withEmulator('moto', ownPython, () => ask(connectCloud('moto'))),
    }),
  );
}

async function known(): Promise<EmulatorName | null> {
  return endpoint === '' ? null : ((await recognize(endpoint)) ?? null);
}

async function loadDomains(scratch: string): Promise<readonly Domain[]> {
  const domains: Domain[] = [];
  for (const [index, spec] of values.spec.entries()) {
    const folder = join(scratch, String(index));
    mkdirSync(folder);
    domains.push(await loadDomain(spec, folder));
  }
  return domains;
}

/** Below the repository, so that what is generated there finds the runtime. */
function makeScratch(): string {
  const cache = join(repository, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, 'eventloom-aws-'));
}
