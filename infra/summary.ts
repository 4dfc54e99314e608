import type { CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';

/** What the table counts, with the heading of its column. */
const counted = [
  ['functions', 'AWS::Lambda::Function'],
  ['queues', 'AWS::SQS::Queue'],
  ['rules', 'AWS::Events::Rule'],
  ['subscriptions', 'AWS::SNS::Subscription'],
] as const;

const headings: readonly string[] = ['stack', ...counted.map(([heading]) => heading), 'resources'];

/** Returns a table of stacks, one to a line, with the number of their resources and a line of totals. */
export function summarize(stacks: readonly CloudFormationStackArtifact[]): string {
  const counts = stacks.map(countResources);
  const totals = headings.slice(1).map((_, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  return table([
    headings,
    ...stacks.map(({ stackName }, index) => [stackName, ...(counts[index] ?? []).map(String)]),
    ['total', ...totals.map(String)],
  ]);
}

function countResources({ template }: CloudFormationStackArtifact): readonly number[] {
  const resources: Readonly<Record<string, { readonly Type: string }>> = template.Resources ?? {};
  const types = Object.values(resources).map(({ Type }) => Type);
  return [...counted.map(([, type]) => types.filter((found) => found === type).length), types.length];
}

/** The first column is flush left, numbers are flush right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map((cells) => cells.join('  '))
    .join('\n');
}
