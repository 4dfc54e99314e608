import { count } from '../../count.ts';
import { type Html, html } from '../../html.ts';
import type { EventExample, EventPage } from '../../site-model.ts';
import { codeBlock, linkTo } from '../parts.ts';

/** Valid payloads, each with who would get it. */
export function exampleList(event: EventPage): Html | null {
  if (event.examples.length === 0) return null;
  return html`<div class="stack" data-tabs="Examples">${event.examples.map((example, index) => one(event, example, index))}</div>`;
}

function one(event: EventPage, { anchor, title, summary, json, bytes }: EventExample, index: number): Html {
  return html`<section id="${anchor}" class="stack"><h3>${title}</h3><p class="muted">${summary === null ? null : `${summary} `}${count(bytes, 'byte')}. ${receiversOf(event, index)}</p>${codeBlock('json', json)}</section>`;
}

function receiversOf(event: EventPage, index: number): Html | null {
  if (event.consumers.length === 0) return null;
  const matching = event.consumers.filter(({ verdicts }) => verdicts[index]?.matched === true);
  if (matching.length === 0) return html`No consumer gets it.`;
  const links = matching.slice(0, 12).map(({ anchor, service, consumer }, position) => {
    const link = { text: `${service.text}/${consumer}`, path: event.path, anchor };
    return html`${position === 0 ? null : ', '}${linkTo(event.path, link)}`;
  });
  const rest = matching.length - links.length;
  return html`Goes to ${links}${rest > 0 ? ` and ${rest} more` : null}.`;
}
