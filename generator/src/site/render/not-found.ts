import { html, htmlText } from '../html.ts';
import type { SiteFile } from '../site-file.ts';
import type { SiteModel } from '../site-model.ts';

/**
 * The page for addresses that lead nowhere: `404.html`, where GitHub Pages and CloudFront look for it. It is shown at any
 * depth, so it loads nothing and links to nothing.
 */
export function notFound({ title }: Pick<SiteModel, 'title'>): SiteFile {
  const document = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Not found · ${title}</title>
</head>
<body>
<main>
<h1>There is no such page</h1>
<p>The event or service may have been renamed. Start from the first page of ${title}.</p>
</main>
</body>
</html>
`;
  return { path: '404.html', content: htmlText(document) };
}
