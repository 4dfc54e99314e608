/**
 * What the spec says for readers alone: nothing here changes generated code or wiring. All texts are untrusted; those
 * called `description`, `markdown` or `changes` are Markdown, all others plain.
 */
export interface Documentation {
  readonly site: SiteSettings;
  readonly info: InfoDocs;
  /** One for each message of the catalog, sorted by `message`. */
  readonly messages: readonly MessageDocs[];
  /** One for each operation, sorted by `operation`. */
  readonly operations: readonly OperationDocs[];
  /** One for each channel with events, sorted by `channel`. */
  readonly channels: readonly ChannelDocs[];
  /** Services that `x-docs.services` describes, sorted by `service`. */
  readonly services: readonly ServiceDocs[];
}

/** Root `x-docs`: how the site looks, and what it holds beside the system. */
export interface SiteSettings {
  /** Null: the spec's title. */
  readonly title: string | null;
  readonly logo: SiteLogo | null;
  /** `#rrggbb`, or null for that of the theme. */
  readonly accent: string | null;
  /** Links of the header, in the order of the spec. */
  readonly links: readonly DocsLink[];
  /** Extra pages, in the order of the spec. */
  readonly pages: readonly SitePage[];
}

/** An image file below the spec's folder. */
export interface SiteLogo {
  /** From the spec's folder. */
  readonly file: string;
  readonly extension: 'svg' | 'png' | 'jpg' | 'webp';
  readonly base64: string;
}

/** A Markdown file below the spec's folder. */
export interface SitePage {
  /** From the spec's folder. */
  readonly file: string;
  /** Base name of the page's file, unique among pages. */
  readonly slug: string;
  /** Its first heading, else its file name. */
  readonly title: string;
  readonly markdown: string;
}

/** A link; `url` is `https:`, `http:` or `mailto:`. */
export interface DocsLink {
  readonly text: string;
  readonly url: string;
}

/** `info` beyond title, version and description. */
export interface InfoDocs {
  readonly contact: { readonly name: string | null; readonly url: string | null; readonly email: string | null } | null;
  readonly license: { readonly name: string; readonly url: string | null } | null;
  readonly termsOfService: string | null;
  readonly externalDocs: DocsLink | null;
  readonly tags: readonly string[];
}

/** How far an event is. `draft`: may change at any time; `deprecated`: do not start using it; `retired`: no longer sent. */
export type EventStatus = 'draft' | 'stable' | 'deprecated' | 'retired';

/** A message beyond its schema. */
export interface MessageDocs {
  /** `typeName` of the message. */
  readonly message: string;
  readonly title: string | null;
  readonly summary: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly externalDocs: DocsLink | null;
  /** `x-docs.owner`: who answers for the event. Null: the services that publish it. */
  readonly owner: string | null;
  /** `x-docs.status`. Default: `deprecated` when message or payload is, or `x-docs.deprecated` says why; else `stable`. */
  readonly status: EventStatus;
  /** Why it is deprecated and what to do (`x-docs.deprecated`, Markdown); null without a word. */
  readonly deprecation: string | null;
  /** `x-docs.replacedBy`: `typeName` of the message to use in its place; null without one. */
  readonly replacedBy: string | null;
  /** `x-docs.version`; null when it has none of its own. */
  readonly version: string | null;
  /** `x-docs.changes`, newest first as the spec lists them. */
  readonly changes: readonly DocsChange[];
  /** One for each of the message's examples, in their order. */
  readonly examples: readonly { readonly name: string | null; readonly summary: string | null }[];
}

/** What changed with a version. */
export interface DocsChange {
  readonly version: string;
  /** `YYYY-MM-DD`, or null. */
  readonly date: string | null;
  /** Markdown, one line or more for each change. */
  readonly changes: readonly string[];
}

/** An operation for its readers. */
export interface OperationDocs {
  readonly operation: string;
  readonly title: string | null;
  readonly summary: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly externalDocs: DocsLink | null;
}

/** A channel for its readers. */
export interface ChannelDocs {
  readonly channel: string;
  /** `source` of its events. */
  readonly address: string;
  readonly title: string | null;
  readonly summary: string | null;
  readonly description: string | null;
}

/** `x-docs.services.<name>`. */
export interface ServiceDocs {
  readonly service: string;
  readonly summary: string | null;
  readonly description: string | null;
  readonly owner: string | null;
  readonly links: readonly DocsLink[];
}
