/** A table as text: columns as wide as their widest cell, two spaces apart. Empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => visible(row[column] ?? '').length)));
  const lines = all.map((row) =>
    `  ${row.map((cell, column) => visible(cell).padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** Names come from the spec: what could move the cursor is spelled out. */
function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
