import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchBundle } from './bundle.ts';
import { type Figure, isOverBudget, show } from './figure.ts';
import { benchGeneration } from './generation.ts';
import { benchHandlerSize } from './handler-size.ts';
import { benchHandling } from './handling.ts';
import { benchMatching } from './matching.ts';
import { benchPublishing } from './publishing.ts';
import { repository } from './repository.ts';
import { benchSite } from './site.ts';
import { benchSynth } from './synth.ts';
import { benchValidator } from './validator.ts';

// `npm run bench` measures everything and writes bench/results.md; `-- --check` holds the budgets.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const runs = 3;

const figures: readonly Figure[] = [
  ...(await benchGeneration(3, runs)),
  ...(await benchGeneration(100, runs)),
  ...(await benchGeneration(1000, runs)),
  ...(await benchBundle(values.check ? 3 : 9)),
  ...(await benchHandlerSize()),
  ...(await benchValidator(values.check ? 5 : 9)),
  ...(await benchHandling(values.check ? 5 : 9)),
  ...benchMatching(values.check ? 3 : 9),
  ...(await benchPublishing(values.check ? 3 : 7)),
  ...(await benchSite(3, runs)),
  ...(await benchSite(300, runs)),
  ...benchSynth(runs),
];

const rows = figures.map((figure) => ({
  name: figure.name,
  value: show(figure),
  budget: figure.budget === null ? '' : `≤ ${show({ ...figure, value: figure.budget })}`,
}));
for (const row of rows) console.log(`${row.name.padEnd(46)} ${row.value.padStart(14)}  ${row.budget}`);

if (values.check) {
  const over = figures.filter(isOverBudget);
  for (const figure of over) console.error(`Over budget: ${figure.name}: ${show(figure)} > ${figure.budget}`);
  process.exitCode = over.length === 0 ? 0 : 1;
} else {
  writeFileSync(join(repository, 'bench/results.md'), report());
}

function report(): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}`;
  return `# Figures

Written by \`npm run bench\` on ${machine}. Medians of ${runs} runs of whole processes; the ratio to the parser is that of
the least of each, since what else the machine does only adds. CI holds the budgets, which are ratios, bytes and counts.

| figure | value | budget |
| --- | ---: | ---: |
${rows.map(({ name, value, budget }) => `| ${name} | ${value} | ${budget} |`).join('\n')}
`;
}
