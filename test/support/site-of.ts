import type {
  ConsumerEntry,
  Drawing,
  EventPage,
  Fact,
  SchemaRow,
  ServicePage,
  SiteLink,
  SiteModel,
} from '../../generator/src/site/site-model.ts';

/** Where the texts of a made-up site come from. */
export interface SiteTexts {
  /** A plain text, or {@link Words}. */
  readonly text: () => string;
  /** A text that is Markdown. */
  readonly markdown: () => string;
}

/** A site with two of everything, in whose every text stands what it is given. Paths are those of a real one. */
export function siteOf(texts: SiteTexts): SiteModel {
  const { text, markdown } = texts;
  const events = ['events/a.html', 'events/b/c.html'].map((path) => eventPage(path, texts));
  return {
    title: text(),
    specFile: text(),
    version: text(),
    description: markdown(),
    info: {
      contact: { name: text(), url: text(), email: text() },
      license: { name: text(), url: text() },
      termsOfService: text(),
      externalDocs: { text: text(), url: text() },
      tags: [text(), text()],
    },
    logo: null,
    accent: null,
    links: [{ text: text(), url: text() }],
    overview: drawing(texts),
    events,
    services: ['services/a.html', 'services/b.html'].map((path) => servicePage(path, texts)),
    destinations: (['bus', 'topic', 'queue'] as const).map((kind) => ({
      key: text(),
      anchor: kind,
      kind,
      name: text(),
      description: markdown(),
      facts: facts(texts),
      channels: [{ key: text(), address: text(), description: markdown(), events: [siteLink(texts)] }],
      consumers: [siteLink(texts), siteLink(texts)],
    })),
    glossary: ['glossary.html', 'glossary-2.html'].map((path, index) => ({
      path,
      anchor: 'x',
      name: text(),
      uses: [1, 2].map(() => ({
        event: siteLink(texts),
        field: siteLink(texts),
        type: text(),
        unit: text(),
        description: markdown(),
      })),
      differs: index === 0,
    })),
    changes: events.flatMap(({ changes }) => changes),
    pages: [{ file: 'a.md', slug: 'a', title: text(), markdown: markdown() }],
  };
}

function eventPage(path: string, texts: SiteTexts): EventPage {
  const { text, markdown } = texts;
  return {
    path,
    name: text(),
    source: text(),
    channel: text(),
    message: text(),
    title: text(),
    summary: text(),
    description: markdown(),
    owners: [text(), text()],
    status: 'deprecated',
    deprecation: markdown(),
    replacedBy: siteLink(texts),
    version: text(),
    tags: [text()],
    externalDocs: { text: text(), url: text() },
    schema: schemaRow(texts, 2),
    headers: [schemaRow(texts, 0)],
    jsonSchema: 'schemas/a.schema.json',
    examples: [1, 2].map((number) => ({
      anchor: `example-${number}`,
      title: text(),
      summary: text(),
      origin: 'spec',
      payload: { a: text() },
      json: JSON.stringify({ a: text() }, null, 2),
      bytes: 10,
    })),
    producers: (['operation', 'emits', 'ingress'] as const).map((kind) => ({
      kind,
      service: siteLink(texts),
      operation: text(),
      summary: text(),
      ingress: kind === 'ingress' ? text() : null,
      outbox: kind === 'operation',
    })),
    consumers: [consumer(texts), { ...consumer(texts), filter: [] }],
    wireForms: [{ anchor: 'wire', title: text(), explanation: text(), consumers: [siteLink(texts)], json: text() }],
    snippets: [{ anchor: 'handle', title: text(), language: 'ts', file: text(), code: text() }],
    facts: facts(texts),
    changes: [
      { version: text(), date: '2026-01-02', event: { text: text(), path, anchor: null }, changes: [markdown()] },
    ],
    neighbourhood: drawing(texts),
  };
}

function consumer(texts: SiteTexts): ConsumerEntry {
  const { text, markdown } = texts;
  return {
    anchor: 'consumer',
    service: siteLink(texts),
    operation: text(),
    consumer: text(),
    summary: text(),
    description: markdown(),
    route: 'eventbridge',
    delivery: text(),
    filter: [text(), text()],
    compiled: [{ title: text(), json: text() }],
    verdicts: [
      { matched: true, reason: text() },
      { matched: false, reason: text() },
    ],
    narrowed: text(),
    facts: facts(texts),
    emits: [siteLink(texts)],
  };
}

function servicePage(path: string, texts: SiteTexts): ServicePage {
  const { text, markdown } = texts;
  return {
    path,
    name: text(),
    summary: text(),
    description: markdown(),
    owner: text(),
    links: [{ text: text(), url: text() }],
    publishes: [
      { event: siteLink(texts), by: 'operation', operation: text(), summary: text(), destination: siteLink(texts) },
    ],
    consumes: [
      {
        event: siteLink(texts),
        entry: siteLink(texts),
        operation: text(),
        consumer: text(),
        summary: text(),
        filter: [text(), text()],
        delivery: text(),
      },
    ],
    resources: [{ kind: text(), name: text(), belongsTo: text(), facts: facts(texts) }],
    alarms: [{ name: text(), condition: text(), meaning: text() }],
    permissions: [{ who: text(), may: text() }],
    environment: facts(texts),
    snippets: [{ anchor: 'handle', title: text(), language: 'yaml', file: null, code: text() }],
    neighbourhood: drawing(texts),
  };
}

function schemaRow(texts: SiteTexts, depth: number): SchemaRow {
  const { text, markdown } = texts;
  const children = depth === 0 ? [] : [1, 2].map(() => schemaRow(texts, depth - 1));
  return {
    anchor: `field-${depth}`,
    path: text(),
    name: text(),
    kind: depth === 1 ? 'alternative' : 'field',
    type: text(),
    required: depth === 0,
    deprecated: depth === 1,
    description: markdown(),
    constraints: [text()],
    defaultValue: text(),
    unit: text(),
    examples: [text()],
    condition: text(),
    sameAs: depth === 0 ? 'field-1' : null,
    children,
  };
}

function facts({ text, ...rest }: SiteTexts): readonly Fact[] {
  return [
    { label: text(), value: text() },
    { label: text(), value: text(), link: siteLink({ text, ...rest }) },
  ];
}

function siteLink({ text }: SiteTexts): SiteLink {
  return { text: text(), path: 'events/b/c.html', anchor: 'consumer' };
}

function drawing(texts: SiteTexts): Drawing {
  const { text } = texts;
  const node = { detail: text(), isFocus: false, x: 0, y: 0, width: 10, height: 10 };
  return {
    width: 10,
    height: 10,
    label: text(),
    nodes: [
      { ...node, id: 'a', kind: 'service', label: text(), link: siteLink(texts) },
      { ...node, id: 'b', kind: 'event', label: text(), link: siteLink(texts) },
    ],
    edges: [
      { from: 'a', to: 'b', kind: 'sends', points: [], label: null, title: text() },
      { from: 'b', to: 'a', kind: 'delivers', points: [], label: { text: text(), x: 0, y: 0 }, title: '' },
    ],
    note: text(),
  };
}
