/** What a page's address is made of: the base name of its file, in small letters, anything but letters and digits as `-`. */
export function pageSlug(file: string): string {
  const slug = baseName(file)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'page' : slug;
}

/** The base name of a file without its extension. */
export function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}

/** The text of a Markdown file without the YAML front matter that other tools put at its top. Lines end in `\n`. */
export function withoutFrontMatter(markdown: string): string {
  const text = markdown.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const [first = '', ...lines] = text.split('\n');
  if (first.trimEnd() !== '---' || !/^[\w-]+[ \t]*:/.test(lines[0] ?? '')) return text;
  const end = lines.findIndex((line) => /^(?:---|\.\.\.)[ \t]*$/.test(line));
  return end === -1 ? text : lines.slice(end + 1).join('\n');
}

/** The first heading of a Markdown text, as plain text; null without one. Looks over code blocks. */
export function firstHeading(markdown: string): string | null {
  let paragraph: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (fence !== null) {
      if (mark?.startsWith(fence) === true && line.trim() === mark) fence = null;
      continue;
    }
    const underlined = /^ {0,3}(?:=+|-+)[ \t]*$/.test(line) && paragraph.length > 0;
    const text = underlined ? paragraph.join(' ') : atxHeading(line);
    const heading = text === null ? '' : plainText(text);
    if (heading !== '') return heading;
    fence = mark;
    paragraph = isParagraph(line, paragraph) && fence === null ? [...paragraph, line.trim()] : [];
  }
  return null;
}

function atxHeading(line: string): string | null {
  const [, text = null] = /^ {0,3}#{1,6}(?:[ \t]+(.*))?$/.exec(line) ?? [];
  return text === null ? null : text.trimEnd().replace(/(?:^|[ \t]+)#+$/, '');
}

/** Not what starts a list, a quote, code or HTML: an underline below those is no heading. */
function isParagraph(line: string, before: readonly string[]): boolean {
  if (line.trim() === '' || /^ {0,3}(?:>|<|[-+*][ \t]|\d{1,9}[.)][ \t])/.test(line)) return false;
  return before.length > 0 || !/^(?: {4}|\t)/.test(line);
}

/** A heading without its markup: titles are plain. */
function plainText(inline: string): string {
  return inline
    .replace(/!?\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/(?<!\\)[`*]+|(?<![\\\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim();
}
