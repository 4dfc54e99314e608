import { html } from '../html.ts';
import type { SiteModel } from '../site-model.ts';
import { sitePaths } from '../site-paths.ts';
import type { Page } from './shell.ts';

/** Paste an event, see who receives it. All of it happens in the browser. */
export function matchPage(site: SiteModel): Page {
  const path = sitePaths.match;
  const body = html`<div class="page-head"><h1>Does my event match?</h1><p class="lead">Paste an event and see which consumers receive it, and why or why not. Nothing leaves this page.</p></div>
<noscript><p class="callout callout-warn">This page needs JavaScript. <code>npx eventloom route event.json</code> answers the same question in a terminal.</p></noscript>
<form id="match-form" class="match-form" hidden>
<div class="row"><label>Event <select id="match-event"></select></label><label>Start from <select id="match-example"></select></label></div>
<label><span>The payload, an EventBridge envelope, or <code>{ "event", "payload", "channel" }</code> as JSON</span><textarea id="match-input" spellcheck="false" autocomplete="off"></textarea></label>
<p class="actions"><button type="submit" class="button button-primary">Match</button></p>
</form>
<div class="section"><output id="match-verdict" for="match-input"></output><div id="match-result"></div></div>`;
  return {
    path,
    title: 'Does my event match?',
    summary: `Which consumers of ${site.title} receive an event, and why.`,
    menu: path,
    body,
    scripts: ['match-data.js', 'match.js'],
  };
}
