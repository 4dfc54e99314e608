/** Diagnostics of the load and model stages about the documentation site: `x-docs`, and the links of the spec. */
export const documentationCodes = {
  'docs-file': {
    severity: 'error',
    title: 'File that is no logo or page',
    why: 'The site shows the logo on every page and renders Markdown; anything else would be broken there, or do more than be shown.',
    fix: 'Name an SVG, PNG, JPEG or WebP image as the logo, and `.md` files as pages.',
  },
  'docs-page-name': {
    severity: 'error',
    title: 'Two pages of one name',
    why: 'A page is called after its file, without the folder and in small letters, so two of one name would be one page.',
    fix: 'Rename one of the files.',
  },
  'docs-replacement': {
    severity: 'error',
    title: 'Replaced by a message that is not there',
    why: 'The site sends readers of a deprecated event to the one that takes its place.',
    fix: 'Name a message of a channel, or its place as in `#/components/messages/OrderPlacedV2`.',
  },
  'docs-status': {
    severity: 'error',
    title: 'Deprecated and not deprecated',
    why: 'The message says why it is deprecated, and that it is not: readers would not know which holds.',
    fix: 'Write `status: deprecated` or `retired`, leave `status` out, or remove `deprecated`.',
  },
  'docs-link': {
    severity: 'warning',
    title: 'Address that no page links to',
    why: 'The site links to `https:`, `http:` and `mailto:` addresses; others would lead nowhere, or run a script.',
    fix: 'Write the whole address, starting with `https://`.',
  },
} as const;
