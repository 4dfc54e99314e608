/**
 * Takes out of Ajv's standalone code what says nothing, before anyone looks at its tokens: of each error the lines that
 * file and count it, variables that nothing reads, and conditions on nothing.
 *
 * It works on lines. Ajv writes a statement to a line, and no text of a schema has a line break in the code, so what
 * stands at the start of a line is code. A name counts as read wherever its function has it, inside a text of the schema
 * too.
 */
export function tidyLines(code: string): string {
  const tidied: string[] = [];
  let functionLines: string[] | null = null;
  for (const line of joinErrorLines(code).split('\n')) {
    if (line.startsWith('function ')) functionLines = [];
    (functionLines ?? tidied).push(line);
    if (functionLines !== null && line === '}' && functionLines.at(-2) === lastStatement) {
      tidied.push(...tidyFunction(functionLines));
      functionLines = null;
    }
  }
  return [...tidied, ...(functionLines ?? [])].join('\n');
}

/** Of every function. Behind it stand constants that several functions share. */
const lastStatement = 'return errors === 0;';

function tidyFunction(code: readonly string[]): readonly string[] {
  const lines = code.map(readLine);
  const counts = countNames(lines);
  while (dropAssignments(lines, counts) || dropConditions(lines, counts));
  return lines.filter(({ isLive }) => isLive).map(({ text }) => text);
}

/** A count of errors is always the length of their list, which `push` returns. */
function joinErrorLines(code: string): string {
  return code.replace(errorLines, '\nerrors = (vErrors ??= []).push($1);');
}

const errorLines =
  /\nif\(vErrors === null\)\{\nvErrors = \[(err\d+)\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g;

interface Line {
  readonly text: string;
  /** What the line assigns to; null when it does something else, or calls something: that may leave errors. */
  readonly assigns: string | null;
  isLive: boolean;
}

/** Of names only those that Ajv numbers: others it uses. */
const assignment = /^(?:(?:const|let|var) )?([\w$]+\d) = [^()]*;$/;

function readLine(text: string): Line {
  return { text, assigns: assignment.exec(text)?.[1] ?? null, isLive: true };
}

type Counts = ReadonlyMap<string, { all: number; assigned: number }>;

/** How often each name that some line assigns to stands anywhere. */
function countNames(lines: readonly Line[]): Counts {
  const counts = new Map<string, { all: number; assigned: number }>();
  for (const { assigns } of lines) {
    if (assigns !== null) counts.set(assigns, { all: 0, assigned: (counts.get(assigns)?.assigned ?? 0) + 1 });
  }
  count(lines.map(({ text }) => text).join('\n'), counts, 1);
  return counts;
}

function count(text: string, counts: Counts, by: 1 | -1): void {
  for (const name of text.match(/\b[a-zA-Z_$]+\d+/g) ?? []) {
    const found = counts.get(name);
    if (found !== undefined) found.all += by;
  }
}

function drop(line: Line, counts: Counts): void {
  line.isLive = false;
  count(line.text, counts, -1);
  const target = line.assigns === null ? undefined : counts.get(line.assigns);
  if (target !== undefined) target.assigned -= 1;
}

/** A name that stands nowhere but where it is assigned to is read by nobody. */
function dropAssignments(lines: readonly Line[], counts: Counts): boolean {
  const unread = lines.filter(({ isLive, assigns }) => {
    const found = assigns === null || !isLive ? undefined : counts.get(assigns);
    return found !== undefined && found.all === found.assigned;
  });
  for (const line of unread) drop(line, counts);
  return unread.length > 0;
}

/** A condition that calls nothing, with nothing between its braces and no `else`; and an `else` of nothing. */
function dropConditions(lines: readonly Line[], counts: Counts): boolean {
  const live = lines.filter(({ isLive }) => isLive);
  const empty = live.flatMap((line, at) => {
    const [end, next] = [live[at + 1], live[at + 2]];
    if (end?.text !== '}') return [];
    const isCondition = /^if\([^()]*\)\{$/.test(line.text) && !next?.text.startsWith('else');
    return isCondition || line.text === 'else {' ? [line, end] : [];
  });
  for (const line of empty) drop(line, counts);
  return empty.length > 0;
}
