import type { Route } from '@eventloom/engine';
import type { DocsLink, EventStatus, InfoDocs, SiteLogo, SitePage } from '../model/documentation/documentation.ts';
import type { Drawing } from './drawing.ts';

export type { Drawing, DrawnEdge, DrawnNode } from './drawing.ts';

/**
 * The documentation site before anyone spells it: what each page says, in the order it says it. Plain data; all texts
 * are untrusted. HTML, Markdown twins, the search and `llms.txt` are written from it.
 */
export interface SiteModel {
  readonly title: string;
  /** Base name of the spec file. */
  readonly specFile: string;
  readonly version: string;
  readonly description: Markdown | null;
  readonly info: InfoDocs;
  readonly logo: SiteLogo | null;
  /** `#rrggbb`, or null for that of the theme. */
  readonly accent: string | null;
  readonly links: readonly DocsLink[];
  readonly overview: Drawing;
  /** Sorted by (name, source). */
  readonly events: readonly EventPage[];
  /** Sorted by name. */
  readonly services: readonly ServicePage[];
  /** Buses, topics and point-to-point queues, sorted by key; all on one page. */
  readonly destinations: readonly DestinationEntry[];
  /** Sorted by name. */
  readonly glossary: readonly GlossaryField[];
  /** Changes of all events, newest version first. */
  readonly changes: readonly ChangeEntry[];
  readonly pages: readonly SitePage[];
}

/** CommonMark from the spec. Raw HTML in it is text. */
export type Markdown = string;

/** One line of plain text of ours around words of the spec; what stands between backticks is code. */
export type Words = string;

/** A place on the site: path of a page below the site's folder, with an anchor on it or none. */
export interface SiteLink {
  readonly text: string;
  readonly path: string;
  /** Without `#`; null for the page itself. */
  readonly anchor: string | null;
}

/** A name and what it is. */
export interface Fact {
  readonly label: string;
  readonly value: Words;
  /** Set where the value is a place on the site. */
  readonly link?: SiteLink;
}

/** An event: identified by (name, source). */
export interface EventPage {
  readonly path: string;
  readonly name: string;
  readonly source: string;
  /** Key of its channel. */
  readonly channel: string;
  /** `typeName` of its message; also its TypeScript type. */
  readonly message: string;
  readonly title: string;
  readonly summary: string | null;
  readonly description: Markdown | null;
  /** Those who answer for it: `x-docs.owner`, else the services that publish it. */
  readonly owners: readonly string[];
  readonly status: EventStatus;
  readonly deprecation: Markdown | null;
  readonly replacedBy: SiteLink | null;
  readonly version: string | null;
  readonly tags: readonly string[];
  readonly externalDocs: DocsLink | null;
  /** The whole payload as one row, whose children are its fields. */
  readonly schema: SchemaRow;
  /** Message attributes on topics and queues; empty for an event of a bus. */
  readonly headers: readonly SchemaRow[];
  /** Path of its JSON Schema below the site's folder. */
  readonly jsonSchema: string;
  /** Those of the spec first, then the smallest and the largest made. At least one, unless nothing valid was found. */
  readonly examples: readonly EventExample[];
  readonly producers: readonly ProducerEntry[];
  /** One for each `receive` operation that selects the event, sorted by (service, operation). */
  readonly consumers: readonly ConsumerEntry[];
  readonly wireForms: readonly WireForm[];
  readonly snippets: readonly Snippet[];
  /** Destination, source, detail-type, largest size, order, claim check … */
  readonly facts: readonly Fact[];
  readonly changes: readonly ChangeEntry[];
  readonly neighbourhood: Drawing;
}

/** One field of a schema, or an alternative of it. */
export interface SchemaRow {
  /** Unique on the page: `field-customer.tier`. ASCII letters, digits, `-`, `_`, `.`. */
  readonly anchor: string;
  /** From the payload: `customer.tier`, `items[].sku`; empty for the whole. */
  readonly path: string;
  /** Its own name, as its parent shows it: `tier`; `[]` for elements of a list, `{key}` for any other key. */
  readonly name: string;
  readonly kind: 'field' | 'element' | 'key' | 'alternative';
  /** In words: `string`, `list of objects`, `"eu" | "us"`. Long unions are cut with `…`. */
  readonly type: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: Markdown | null;
  /** `pattern ^[A-Z]{2}$`, `at least 1`, `format uuid`, `at most 120 characters`: plain, one fact each. */
  readonly constraints: readonly string[];
  /** JSON text, or null. */
  readonly defaultValue: string | null;
  /** `x-unit`: `EUR`, `seconds`; null without one. */
  readonly unit: string | null;
  /** JSON texts. */
  readonly examples: readonly string[];
  /** Of an alternative: when it applies (`when status is "approved"`), else null. */
  readonly condition: string | null;
  /** Anchor of the row whose shape this one has again (recursion, or a shape shown above); its children are left out. */
  readonly sameAs: string | null;
  readonly children: readonly SchemaRow[];
}

/** A valid payload. */
export interface EventExample {
  /** Unique on the page: `example-1`, `example-smallest`. */
  readonly anchor: string;
  readonly title: string;
  readonly summary: string | null;
  readonly origin: 'spec' | 'smallest' | 'largest';
  readonly payload: unknown;
  /** The payload as indented JSON. */
  readonly json: string;
  /** Of the payload as compact JSON, in UTF-8. */
  readonly bytes: number;
}

/** A `send` operation, or a consumer that emits the event. */
export interface ProducerEntry {
  readonly kind: 'operation' | 'emits' | 'ingress';
  readonly service: SiteLink;
  /** Key of the operation, or of the emitting consumer. */
  readonly operation: string;
  readonly summary: string | null;
  /** `POST /orders/{market}`, `rate(5 minutes)`; null unless AWS publishes by itself. */
  readonly ingress: string | null;
  readonly outbox: boolean;
}

/** A `receive` operation, as far as one event goes. */
export interface ConsumerEntry {
  /** Unique on the page: `consumer-fraud.screenHighValueOrder`. */
  readonly anchor: string;
  readonly service: SiteLink;
  readonly operation: string;
  readonly consumer: string;
  readonly summary: string | null;
  readonly description: Markdown | null;
  readonly route: Route['kind'];
  /** `SQS queue, then Lambda`, `Step Functions workflow`. */
  readonly delivery: Words;
  /** What must hold for the payload, one condition each; empty takes every one. */
  readonly filter: readonly Words[];
  /** Rule pattern, filter policy, mapping filter, as AWS gets them: indented JSON. */
  readonly compiled: readonly { readonly title: string; readonly json: string }[];
  /** One for each of the page's examples, in their order. */
  readonly verdicts: readonly { readonly matched: boolean; readonly reason: string }[];
  /** What its handler gets narrowed: TypeScript, or null where that is the whole payload. */
  readonly narrowed: string | null;
  /** Rule, queue, dead-letter queue, retries, time-outs, batches, idempotency … */
  readonly facts: readonly Fact[];
  /** Events it may publish in answer. */
  readonly emits: readonly SiteLink[];
}

/** What arrives where an event is received, as that receiver gets it. */
export interface WireForm {
  /** Unique on the page: `wire-eventbridge-queue`. */
  readonly anchor: string;
  /** `Lambda behind a queue, from bus shop`. */
  readonly title: Words;
  readonly explanation: Words;
  /** Who gets it so; empty for the form on the destination itself. */
  readonly consumers: readonly SiteLink[];
  /** Indented JSON. Ids, times and the account are placeholders. */
  readonly json: string;
}

/** Code that compiles against the generated SDK. */
export interface Snippet {
  /** Unique on the page: `publish-placeOrder`, `handle-fraud.screenHighValueOrder`. */
  readonly anchor: string;
  readonly title: Words;
  readonly language: 'ts' | 'json' | 'yaml' | 'sh';
  /** From the repository's root, where a user would put it; null for none. */
  readonly file: string | null;
  readonly code: string;
}

/** A service: what it sends, what it receives, what it is made of. */
export interface ServicePage {
  readonly path: string;
  readonly name: string;
  readonly summary: string | null;
  readonly description: Markdown | null;
  readonly owner: string | null;
  readonly links: readonly DocsLink[];
  readonly publishes: readonly PublishedEntry[];
  readonly consumes: readonly ConsumedEntry[];
  /** Queues, dead-letter queues, functions, tables, streams … that its stack makes. */
  readonly resources: readonly ResourceEntry[];
  readonly alarms: readonly AlarmEntry[];
  readonly permissions: readonly PermissionEntry[];
  /** Environment variables of its functions and of who publishes for it. */
  readonly environment: readonly Fact[];
  readonly snippets: readonly Snippet[];
  readonly neighbourhood: Drawing;
}

/** An event that a service publishes. */
export interface PublishedEntry {
  readonly event: SiteLink;
  readonly by: 'operation' | 'emits' | 'ingress';
  readonly operation: string;
  readonly summary: string | null;
  readonly destination: SiteLink;
}

/** An event that a service receives through one operation. */
export interface ConsumedEntry {
  readonly event: SiteLink;
  /** To the consumer's entry on the event's page. */
  readonly entry: SiteLink;
  readonly operation: string;
  readonly consumer: string;
  readonly summary: string | null;
  readonly filter: readonly Words[];
  readonly delivery: Words;
}

/** Something in the stack of a service. */
export interface ResourceEntry {
  /** `SQS queue`, `dead-letter queue`, `Lambda function` … */
  readonly kind: string;
  readonly name: string;
  /** Key of the consumer, relay or ingress it belongs to. */
  readonly belongsTo: string;
  readonly facts: readonly Fact[];
}

/** A planned alarm. */
export interface AlarmEntry {
  readonly name: string;
  /** What sets it off. */
  readonly condition: Words;
  readonly meaning: Words;
}

/** A right of a role. */
export interface PermissionEntry {
  /** `function of fraud/screenHighValueOrder`, `whoever publishes for orders`. */
  readonly who: Words;
  /** `receive messages of its queue`, `publish OrderPlaced to bus shop`. */
  readonly may: Words;
}

/** A bus, topic or point-to-point queue. */
export interface DestinationEntry {
  readonly key: string;
  readonly anchor: string;
  readonly kind: 'bus' | 'topic' | 'queue';
  readonly name: string;
  readonly description: Markdown | null;
  readonly facts: readonly Fact[];
  readonly channels: readonly {
    readonly key: string;
    readonly address: string;
    readonly description: Markdown | null;
    readonly events: readonly SiteLink[];
  }[];
  readonly consumers: readonly SiteLink[];
}

/** A field name, wherever events have it. */
export interface GlossaryField {
  /** Of the page it stands on: there may be several. */
  readonly path: string;
  readonly anchor: string;
  readonly name: string;
  readonly uses: readonly {
    readonly event: SiteLink;
    /** To the row of the event's schema. */
    readonly field: SiteLink;
    readonly type: string;
    readonly unit: string | null;
    readonly description: Markdown | null;
  }[];
  /** True when not all uses have the same type and unit. */
  readonly differs: boolean;
}

/** What changed with a version of an event. */
export interface ChangeEntry {
  readonly version: string;
  readonly date: string | null;
  readonly event: SiteLink;
  readonly changes: readonly Markdown[];
}
