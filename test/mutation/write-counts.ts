import { readFileSync, writeFileSync } from 'node:fs';

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

const start = '<!-- counts: written by npm run test:mutation -->';
const end = '<!-- end of counts -->';
const page = new URL('../../engine/mutation.md', import.meta.url);
const report: Report = JSON.parse(readFileSync(new URL('reports/mutation.json', import.meta.url), 'utf8'));

const byFile = Object.entries(report.files).map(([path, { mutants }]) => ({ path, counts: count(mutants) }));
const all = count(Object.values(report.files).flatMap(({ mutants }) => mutants));
const rows = [
  '| file | mutants | killed | survived | score |',
  '| --- | --: | --: | --: | --: |',
  toRow('**all**', all),
  ...byFile
    .filter(({ counts }) => counts.mutants > 0)
    .map(({ path, counts }) => toRow(`\`${fileName(path)}\``, counts)),
];
const [before = '', rest = ''] = readFileSync(page, 'utf8').split(start);
writeFileSync(page, `${before}${start}\n${rows.join('\n')}\n${end}${rest.split(end)[1] ?? ''}`);
console.log(`${all.killed} of ${all.mutants} mutants killed; ${fileName(page.pathname)} has the counts.`);

interface Counts {
  readonly mutants: number;
  readonly killed: number;
  readonly survived: number;
}

/** A mutant that runs into the time limit is killed; one that no test reaches survives; one that cannot run is none. */
function count(mutants: readonly { readonly status: string }[]): Counts {
  const having = (...wanted: string[]) => mutants.filter(({ status }) => wanted.includes(status)).length;
  const killed = having('Killed', 'Timeout');
  const survived = having('Survived', 'NoCoverage');
  return { mutants: killed + survived, killed, survived };
}

function toRow(name: string, { mutants, killed, survived }: Counts): string {
  return `| ${name} | ${mutants} | ${killed} | ${survived} | ${((100 * killed) / mutants).toFixed(1)} % |`;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
