import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { CatalogueEntry } from '../generator/src/diagnostics/codes/catalogue-entry.ts';
import { checkCodes } from '../generator/src/diagnostics/codes/check.ts';
import { conformanceCodes } from '../generator/src/diagnostics/codes/conformance.ts';
import { deliveryCodes } from '../generator/src/diagnostics/codes/delivery.ts';
import { documentationCodes } from '../generator/src/diagnostics/codes/documentation.ts';
import { handlingCodes } from '../generator/src/diagnostics/codes/handling.ts';
import { infrastructureCodes } from '../generator/src/diagnostics/codes/infrastructure.ts';
import { ingressCodes } from '../generator/src/diagnostics/codes/ingress.ts';
import { limitCodes } from '../generator/src/diagnostics/codes/limits.ts';
import { loadCodes } from '../generator/src/diagnostics/codes/load.ts';
import { modelCodes } from '../generator/src/diagnostics/codes/model.ts';
import { schemaCodes } from '../generator/src/diagnostics/codes/schema.ts';
import { badSpecs } from './bad-specs.ts';

interface Part {
  readonly title: string;
  readonly codes: Readonly<Record<string, CatalogueEntry>>;
}

const parts: readonly Part[] = [
  { title: 'Reading files', codes: loadCodes },
  { title: 'AsyncAPI', codes: conformanceCodes },
  { title: 'Extensions, channels and operations', codes: modelCodes },
  { title: 'Deliveries', codes: deliveryCodes },
  { title: 'Handling', codes: handlingCodes },
  { title: 'Ingress', codes: ingressCodes },
  { title: 'Deployment', codes: infrastructureCodes },
  { title: 'Documentation', codes: documentationCodes },
  { title: 'Payload schemas', codes: schemaCodes },
  { title: 'The system as a whole', codes: checkCodes },
  { title: 'Limits of AWS', codes: limitCodes },
];

const intro = `# Diagnostics

<!-- Written by docs/make-diagnostics.ts from generator/src/diagnostics/codes. -->

Everything that \`eventloom\` can say about a spec, by its code. Codes are stable. Only errors fail a run; what is worth
a look is a warning, what may be meant is a remark (\`info\`). [Commands](commands.md) says how they are printed.

Examples are changes to this spec: a field of the example replaces that of the spec, and null takes it away. One that
starts with \`asyncapi\` is the whole file.

\`\`\`yaml
${badSpecs.base}\`\`\`
`;

/** The text of `docs/diagnostics.md`: one entry for each code of the catalogue. */
export function diagnosticsPage(): string {
  const contents = parts.map(({ title, codes }) => `- [${title}](#${anchor(title)}): ${Object.keys(codes).length}`);
  return `${[intro, `${contents.join('\n')}\n`, ...parts.map(section)].join('\n')}`;
}

function section({ title, codes }: Part): string {
  const entries = Object.entries(codes).sort(([a], [b]) => (a < b ? -1 : 1));
  return [`## ${title}\n`, ...entries.map(([code, entry]) => entryText(code, entry))].join('\n');
}

function entryText(code: string, { severity, title, why, fix }: CatalogueEntry): string {
  const bad = badSpecs.changes[code];
  const example = bad === undefined ? '' : `\n\`\`\`yaml\n${bad}\`\`\`\n`;
  return `### \`${code}\`\n\n**${title}** (${severity}). ${why}\n\n*What to do:* ${fix}\n${example}`;
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(',', '').replaceAll(' ', '-');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(new URL('./diagnostics.md', import.meta.url), diagnosticsPage());
}
