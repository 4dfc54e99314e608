import { type Html, html } from '../html.ts';
import type { SchemaRow } from '../site-model.ts';
import { markdown } from './markdown.ts';
import { badge } from './parts.ts';
import { words } from './words.ts';

/** The fields of a schema as nested rows, each with a link of its own. */
export function schemaTree(rows: readonly SchemaRow[]): Html {
  return html`<ul class="fields">${rows.map((row) => field(row, 0))}</ul>`;
}

function field(row: SchemaRow, depth: number): Html {
  const { anchor, children } = row;
  const classes = row.deprecated ? html` class="is-deprecated"` : null;
  return html`<li id="${anchor}"${classes}>${line(row)}${facts(row)}${text(row)}${
    children.length === 0 ? null : nested(row, depth)
  }</li>`;
}

function line({ anchor, name, type, required, deprecated, condition }: SchemaRow): Html {
  return html`<div class="field-line"><a class="anchor field-name" href="#${encodeURIComponent(anchor)}">${name}</a><span class="field-type">${type}</span>${
    condition === null ? null : html`<span class="field-type">${condition}</span>`
  }${required ? badge('required', 'required') : null}${deprecated ? badge('deprecated', 'deprecated') : null}</div>`;
}

function facts({ unit, constraints, defaultValue, examples, sameAs }: SchemaRow): Html | null {
  const entries = [
    ...(unit === null ? [] : [html`in ${words(unit)}`]),
    ...constraints.map((constraint) => html`${constraint}`),
    ...(defaultValue === null ? [] : [html`default <code>${defaultValue}</code>`]),
    ...examples.slice(0, 3).map((example) => html`such as <code>${shortened(example)}</code>`),
    ...(sameAs === null ? [] : [html`<a href="#${encodeURIComponent(sameAs)}">the same fields as above</a>`]),
  ];
  return entries.length === 0
    ? null
    : html`<ul class="field-facts">${entries.map((entry) => html`<li>${entry}</li>`)}</ul>`;
}

function text({ description }: SchemaRow): Html | null {
  return description === null
    ? null
    : html`<div class="field-text">${markdown(description, { headingLevel: 4 })}</div>`;
}

/** What lies deep is folded, so that the first look shows the shape. */
function nested({ children }: SchemaRow, depth: number): Html {
  const rows = html`<ul class="fields">${children.map((child) => field(child, depth + 1))}</ul>`;
  if (depth < 2 && children.length <= 40) return rows;
  return html`<details><summary>${children.length} inside</summary>${rows}</details>`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
