import { describe, expect, test } from 'vitest';
import { brief, understand } from '../../../../test/support/model-of.ts';

/** A library; `docs` is `x-docs` of the document, `loan` what stands on the message `BookLent`. */
function library({ docs = '', info = '', loan = '', rest = '' } = {}): string {
  return `asyncapi: 3.0.0
info: { title: Library, version: 2.1.0${info} }
${docs === '' ? '' : `x-docs: ${docs}\n`}servers:
  library: { host: events.eu-west-1.amazonaws.com, protocol: eventbridge }
channels:
  loans:
    address: library.loans
    title: '  Loans '
    summary: Books on their way.
    description: What leaves and comes *back*.
    messages:
      BookLent: { $ref: '#/components/messages/BookLent' }
      BookReturned: { $ref: '#/components/messages/BookReturned' }
operations:
  lendBook:
    action: send
    channel: { $ref: '#/channels/loans' }
    title: Lend
    summary: ' Lends a book. '
    tags: [{ name: loans }, { name: desk }, { name: loans }]
    externalDocs: { description: Rules, url: 'https://library.example/rules' }
    traits: [{ $ref: '#/components/operationTraits/described' }]
    x-service: loans
  remindReader: { action: receive, channel: { $ref: '#/channels/loans' }, x-service: reminders }
components:
  operationTraits:
    described: { summary: Overridden., description: From a trait. }
  messageTraits:
    owned: { x-docs: { owner: Desk team, status: draft } }
  messages:
    BookLent:
      title: Book lent
      payload: { type: object, examples: [{ book: '3' }], properties: { book: { type: string } } }
      ${loan}
    BookReturned: { payload: { type: object } }
${rest}`;
}

async function documentation(parts: Parameters<typeof library>[0] = {}, files: Readonly<Record<string, string>> = {}) {
  const { model, diagnostics } = await understand(library(parts), files);
  const { messages } = model.documentation;
  const [lent] = messages;
  if (lent === undefined) throw new Error('There is no message.');
  return { ...model.documentation, lent, told: brief(diagnostics), diagnostics };
}

describe('of AsyncAPI’s own words', () => {
  test('keeps title, summary and description apart, trimmed', async () => {
    const { lent, channels, told } = await documentation({ loan: 'summary: " S "\n      description: "D\\n"' });
    expect(lent).toMatchObject({ title: 'Book lent', summary: 'S', description: 'D', status: 'stable', owner: null });
    expect(channels).toEqual([
      {
        channel: 'loans',
        address: 'library.loans',
        title: 'Loans',
        summary: 'Books on their way.',
        description: 'What leaves and comes *back*.',
      },
    ]);
    expect(told).toEqual([]);
  });

  test('reads operations with their traits, sorted', async () => {
    expect((await documentation()).operations).toEqual([
      {
        operation: 'lendBook',
        title: 'Lend',
        summary: 'Lends a book.',
        description: 'From a trait.',
        tags: ['loans', 'desk'],
        externalDocs: { text: 'Rules', url: 'https://library.example/rules' },
      },
      { operation: 'remindReader', title: null, summary: null, description: null, tags: [], externalDocs: null },
    ]);
  });

  test('reads info', async () => {
    const info =
      ", contact: { name: ' Desk ', url: 'https://library.example', email: desk@library.example }, license: { name: MIT }," +
      " termsOfService: 'https://library.example/terms', externalDocs: { url: 'https://wiki.example' }, tags: [{ name: books }]";
    expect((await documentation({ info })).info).toEqual({
      contact: { name: 'Desk', url: 'https://library.example', email: 'desk@library.example' },
      license: { name: 'MIT', url: null },
      termsOfService: 'https://library.example/terms',
      externalDocs: { text: 'https://wiki.example', url: 'https://wiki.example' },
      tags: ['books'],
    });
    expect((await documentation()).info).toEqual({
      contact: null,
      license: null,
      termsOfService: null,
      externalDocs: null,
      tags: [],
    });
  });

  test.each(['javascript:alert(1)', 'ftp://x.example', './rules.md', 'https://a b', '//x.example', 'data:text/html,x'])(
    'links to no %j, and says so',
    async (url) => {
      const loan = `externalDocs: { url: ${JSON.stringify(url)} }`;
      const { lent, told } = await documentation({ loan });
      expect([lent.externalDocs, told]).toEqual([null, ['warning docs-link at 34']]);
    },
  );

  test('names examples of the message, and none of its payload', async () => {
    const loan =
      "examples: [{ name: paper, summary: ' A book. ', payload: { book: '1' } }, { name: headers only, headers: {} }, { payload: { book: '2' } }]";
    const { model } = await understand(library({ loan }));
    expect(model.catalog.messages[0]?.examples).toEqual([{ book: '1' }, { book: '2' }, { book: '3' }]);
    expect(model.documentation.messages[0]?.examples).toEqual([
      { name: 'paper', summary: 'A book.' },
      { name: null, summary: null },
      { name: null, summary: null },
    ]);
  });

  test.each(['deprecated: true', 'x-docs: { deprecated: Use the other. }', 'x-docs: { status: deprecated }'])(
    'a message with %s is deprecated',
    async (loan) => {
      expect((await documentation({ loan })).lent.status).toBe('deprecated');
    },
  );
});

describe('x-docs on a message', () => {
  test('says owner, status, version, reason, replacement and changes', async () => {
    const loan = `x-docs:
        owner: Desk team
        status: retired
        version: '1.1'
        deprecated: " Too *coarse*. "
        replacedBy: BookReturned
        changes:
          - { version: '1.1', date: 2026-03-31, changes: [Added \`book\`., " Fixed it. "] }
          - { version: '1.0', changes: [First.] }`;
    const { lent, told } = await documentation({ loan });
    expect(told).toEqual([]);
    expect(lent).toMatchObject({
      owner: 'Desk team',
      status: 'retired',
      version: '1.1',
      deprecation: 'Too *coarse*.',
      replacedBy: 'BookReturned',
      changes: [
        { version: '1.1', date: '2026-03-31', changes: ['Added `book`.', 'Fixed it.'] },
        { version: '1.0', date: null, changes: ['First.'] },
      ],
    });
  });

  test('may come from a trait, field by field', async () => {
    const loan = "traits: [{ $ref: '#/components/messageTraits/owned' }]\n      x-docs: { status: stable }";
    const { lent, told } = await documentation({ loan });
    expect([lent.owner, lent.status, told]).toEqual(['Desk team', 'stable', []]);
  });

  test.each([
    ["'#/components/messages/BookReturned'", 'BookReturned'],
    ["'#/channels/loans/messages/BookReturned'", 'BookReturned'],
    ['BookReturned', 'BookReturned'],
  ])('replacedBy: %s is %s', async (replacedBy, typeName) => {
    const { lent, told } = await documentation({ loan: `x-docs: { replacedBy: ${replacedBy} }` });
    expect([lent.replacedBy, told]).toEqual([typeName, []]);
  });

  test.each([
    ['{ replacedBy: BookReturnd }', 'docs-replacement', 'Did you mean `BookReturned`?'],
    ["{ replacedBy: '#/components/messages/None' }", 'docs-replacement', 'Name a message of a channel'],
    ["{ replacedBy: '#/info' }", 'docs-replacement', 'Name a message of a channel'],
    ['{ replacedBy: BookLent }', 'docs-replacement', ''],
    ['{ deprecated: Why., status: stable }', 'docs-status', 'leave `status` out'],
    ['{ deprecated: Why., status: draft }', 'docs-status', 'leave `status` out'],
    ['{ staus: draft }', 'extension-field', 'Did you mean `status`?'],
    ['{ status: depricated }', 'extension-value', 'Did you mean `deprecated`?'],
    ['{ status: [draft] }', 'extension-value', ''],
    ['{ owner: "  " }', 'extension-value', ''],
    ['{ version: 1.0 }', 'extension-value', ''],
    ['{ deprecated: true }', 'extension-value', ''],
    ['{ changes: none }', 'extension-value', ''],
    ["{ changes: [{ version: '1' }] }", 'extension-value', 'For example'],
    ['{ changes: [{ changes: [New.] }] }', 'extension-value', 'For example'],
    ["{ changes: [{ version: '1', changes: [] }] }", 'extension-value', 'For example'],
    ["{ changes: [{ version: '1', changes: [5] }] }", 'extension-value', ''],
    ["{ changes: [{ version: '1', date: 2026-02-30, changes: [New.] }] }", 'extension-value', ''],
    ["{ changes: [{ version: '1', dates: 2026-02-28, changes: [New.] }] }", 'extension-field', 'Did you mean `date`?'],
    ['[draft]', 'extension-value', 'Its fields are'],
    ['{ title: Lent }', 'extension-field', 'Its fields are'],
  ])('%s gets %s', async (docs, code, help) => {
    const { diagnostics, told } = await documentation({ loan: `x-docs: ${docs}` });
    expect(told).toEqual([`error ${code} at 34`]);
    expect(diagnostics[0]?.help).toContain(help);
  });

  test('a name that several messages have is ambiguous, their places are not', async () => {
    const lost = `    BookLost: { name: BookReturned, payload: { type: object } }`;
    const channel = (text: string) =>
      text.replace(
        'operations:\n',
        "  lost: { address: library.lost, servers: [{ $ref: '#/servers/library' }], messages: { BookLost: { $ref: '#/components/messages/BookLost' } } }\noperations:\n",
      );
    const take = async (replacedBy: string) => {
      const text = channel(library({ loan: `x-docs: { replacedBy: ${replacedBy} }`, rest: lost }));
      const { model, diagnostics } = await understand(text);
      const lent = model.documentation.messages.find(({ message }) => message === 'BookLent');
      return [
        lent?.replacedBy,
        diagnostics.filter(({ code }) => code.startsWith('docs-')).map(({ message }) => message),
      ];
    };
    expect(await take('BookReturned')).toEqual([null, ['Several messages are named `BookReturned`.']]);
    expect(await take("'#/components/messages/BookLost'")).toEqual(['LostBookReturned', []]);
  });
});

describe('x-docs of the document', () => {
  test('brands the site and describes services, in the order of the spec where that matters', async () => {
    const docs = `{ title: ' Books ', accent: '#0B6E4F', links: [{ text: Wiki, url: 'https://wiki.example' }, { text: Desk, url: 'mailto:desk@library.example' }], services: { reminders: { owner: Post team }, loans: { summary: S, description: D, links: [{ text: Code, url: 'http://git.example' }] } } }`;
    const { site, services, told } = await documentation({ docs });
    expect(told).toEqual([]);
    expect(site).toEqual({
      title: 'Books',
      logo: null,
      accent: '#0b6e4f',
      links: [
        { text: 'Wiki', url: 'https://wiki.example' },
        { text: 'Desk', url: 'mailto:desk@library.example' },
      ],
      pages: [],
    });
    const code = { text: 'Code', url: 'http://git.example' };
    expect(services).toEqual([
      { service: 'loans', summary: 'S', description: 'D', owner: null, links: [code] },
      { service: 'reminders', summary: null, description: null, owner: 'Post team', links: [] },
    ]);
  });

  test('takes in logo and pages, in the order of the spec', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';
    const files = { 'art/mark.svg': svg, 'docs/Naming.md': '# How to *name*\n', 'a.md': '---\ntitle: x\n---\nText\n' };
    const { site, told } = await documentation(
      { docs: '{ logo: ./art/mark.svg, pages: [docs/Naming.md, a.md] }' },
      files,
    );
    expect(told).toEqual([]);
    expect(site.logo).toEqual({
      file: 'art/mark.svg',
      extension: 'svg',
      base64: Buffer.from(svg).toString('base64'),
    });
    expect(site.pages).toEqual([
      { file: 'docs/Naming.md', slug: 'naming', title: 'How to name', markdown: '# How to *name*\n' },
      { file: 'a.md', slug: 'a', title: 'a', markdown: 'Text\n' },
    ]);
  });

  test('two pages that meet in one name are told, with both places', async () => {
    const files = { 'a/Guide.md': 'A', 'b/guide.md': 'B' };
    const { site, diagnostics } = await documentation({ docs: '{ pages: [a/Guide.md, b/guide.md] }' }, files);
    expect(site.pages.map(({ file }) => file)).toEqual(['a/Guide.md']);
    expect(diagnostics.map(({ code, message, related }) => [code, message, related.length])).toEqual([
      ['docs-page-name', 'The pages `a/Guide.md` and `b/guide.md` would both be `guide.html`.', 1],
    ]);
    const { told } = await documentation({ docs: '{ pages: [a/Guide.md, ./a/Guide.md] }' }, files);
    expect(told).toEqual(['error docs-page-name at 3']);
  });

  test.each([
    ['{ acent: "#000000" }', 'extension-field', 'Did you mean `accent`?'],
    ['{ accent: red }', 'extension-value', ''],
    ['{ accent: "#fff" }', 'extension-value', ''],
    ['{ title: 5 }', 'extension-value', ''],
    ['{ logo: true }', 'extension-value', ''],
    ['{ logo: "" }', 'extension-value', ''],
    ['{ pages: guide.md }', 'extension-value', ''],
    ['{ pages: [5] }', 'extension-value', ''],
    ['{ links: [{ text: Wiki }] }', 'extension-value', 'For example'],
    ['{ links: [Wiki] }', 'extension-value', 'Its fields are'],
    ['{ links: [{ text: Wiki, url: "javascript:alert(1)" }] }', 'extension-value', ''],
    ['{ links: [{ text: Wiki, url: "JavaScript:alert(1)" }] }', 'extension-value', ''],
    ['{ links: [{ text: Wiki, href: "https://x.example" }] }', 'extension-field', 'Its fields are'],
    ['{ services: { loan: { owner: Desk } } }', 'unknown-service', 'Did you mean `loans`?'],
    ['{ services: { __proto__: { owner: Desk } } }', 'unknown-service', 'Services: `loans` and `reminders`.'],
    ['{ services: { loans: { ownr: Desk } } }', 'extension-field', 'Did you mean `owner`?'],
    ['{ services: { loans: Desk } }', 'extension-value', 'Its fields are'],
    ['{ services: [loans] }', 'extension-value', ''],
    ['[]', 'extension-value', 'Its fields are'],
    ['{ status: draft }', 'extension-field', 'Its fields are'],
  ])('%s gets %s', async (docs, code, help) => {
    const { diagnostics, told } = await documentation({ docs });
    expect(told).toEqual([`error ${code} at 3`]);
    expect(diagnostics[0]?.help).toContain(help);
  });

  test.each([
    ['x-doc: { title: A }', '', 'error extension-typo at 3', 'Did you mean `x-docs`?'],
    ['', 'x-dosc: { owner: A }', 'error extension-typo at 34', 'Did you mean `x-docs`?'],
    ['', 'x-service: loans', 'error misplaced-extension at 34', 'on a send operation or on a receive operation'],
  ])('%s%s is no extension there', async (root, loan, line, help) => {
    const text = library({ loan }).replace('\nservers:', () => `\n${root === '' ? '' : `${root}\n`}servers:`);
    const { diagnostics } = await understand(text);
    expect([brief(diagnostics), diagnostics[0]?.help]).toEqual([[line], expect.stringContaining(help)]);
  });

  test('x-docs on an operation or a channel has no effect, and says where it would', async () => {
    const text = library().replace('    title: Lend\n', '    title: Lend\n    x-docs: { owner: A }\n');
    const { diagnostics } = await understand(text);
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
      ['misplaced-extension', 'It belongs at the root of the document or on a message.'],
    ]);
  });

  test('x-unit and other keys of payloads are left alone', async () => {
    const properties = '{ weight: { type: number, x-unit: kg, x-doc: free } }';
    const loan = `headers: { type: object, properties: ${properties} }`;
    expect((await documentation({ loan })).told).toEqual([]);
  });
});

describe('texts', () => {
  test.each(['</script><script>', '__proto__', '`${x}`', '\u202eevil', '🦉'.repeat(5000)])(
    'come through as they are: %#',
    async (text) => {
      const quoted = JSON.stringify(text);
      const { lent, site, told } = await documentation({
        docs: `{ title: ${quoted} }`,
        loan: `summary: ${quoted}\n      x-docs: { owner: ${quoted}, version: ${quoted} }`,
      });
      expect([lent.summary, lent.owner, lent.version, site.title, told]).toEqual([text, text, text, text, []]);
    },
  );

  test('the order of the spec changes nothing', async () => {
    const loan = "x-docs: { owner: A, changes: [{ version: '1', changes: [New.] }] }";
    const docs = '{ title: T, services: { loans: { owner: A }, reminders: { owner: B } } }';
    const one = await understand(library({ docs, loan }));
    const turned = library({
      docs: '{ services: { reminders: { owner: B }, loans: { owner: A } }, title: T }',
      loan: "x-docs: { changes: [{ changes: [New.], version: '1' }], owner: A }",
    });
    expect((await understand(turned)).model.documentation).toEqual(one.model.documentation);
  });
});
