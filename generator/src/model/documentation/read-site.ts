import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.ts';
import { report } from '../../diagnostics/report.ts';
import type { DocsFile, SpecDocument, SpecNode } from '../../load/spec-document.ts';
import { filePath, hexColour, linkUrl, someText } from '../read/docs-shapes.ts';
import { anyList, anyObject, isObject, readFields } from '../read/fields.ts';
import { didYouMeanOrList, listOf, quote } from '../wording.ts';
import type { DocsLink, ServiceDocs, SiteLogo, SitePage, SiteSettings } from './documentation.ts';
import { baseName, firstHeading, pageSlug, withoutFrontMatter } from './page-name.ts';

const siteFields = {
  title: someText,
  logo: filePath,
  accent: hexColour,
  links: anyList,
  pages: anyList,
  services: anyObject,
};

const linkFields = { text: someText, url: linkUrl };

const serviceFields = { summary: someText, description: someText, owner: someText, links: anyList };

/** What `x-docs` at the root of the document says. */
export interface SiteDeclaration {
  readonly site: SiteSettings;
  /** In the order of names. */
  readonly services: readonly ServiceDocs[];
}

/** Reads `x-docs` of the document. @param known names of the services of the spec. */
export function readSite(document: SpecDocument, known: readonly string[], problems: Diagnostic[]): SiteDeclaration {
  const node = document.root.get('x-docs');
  if (node === undefined)
    return { site: { title: null, logo: null, accent: null, links: [], pages: [] }, services: [] };
  const { title, accent } = readFields(node, 'x-docs', siteFields, problems);
  return {
    site: {
      title: title ?? null,
      logo: readLogo(document, node),
      accent: accent ?? null,
      links: readLinks(node, 'x-docs', problems),
      pages: readPages(document, node, problems),
    },
    services: readServices(node, known, problems),
  };
}

/** A file that could not be read was reported where files are read. */
function readLogo({ docsFiles }: SpecDocument, docs: SpecNode): SiteLogo | null {
  const file = docsFiles.get(docs.get('logo')?.identity ?? '');
  if (file?.kind !== 'logo') return null;
  const { kind: _, ...logo } = file;
  return logo;
}

function readPages({ docsFiles }: SpecDocument, docs: SpecNode, problems: Diagnostic[]): readonly SitePage[] {
  const bySlug = new Map<string, { readonly page: SitePage; readonly origin: Origin }>();
  for (const [, node] of listAt(docs, 'pages')) {
    const { value, origin, identity } = node;
    if (filePath.parse(value) === undefined) {
      const message = `${quote('x-docs.pages')} holds ${JSON.stringify(value)}; a page is ${filePath.expected}.`;
      problems.push(report('extension-value', origin, message, ''));
    }
    const file = docsFiles.get(identity);
    if (file?.kind !== 'page') continue;
    const page = toPage(file);
    const first = bySlug.get(page.slug);
    if (first === undefined) bySlug.set(page.slug, { page, origin });
    else problems.push(samePage(page, origin, first));
  }
  return [...bySlug.values()].map(({ page }) => page);
}

function toPage({ file, markdown: text }: DocsFile & { readonly kind: 'page' }): SitePage {
  const markdown = withoutFrontMatter(text);
  return { file, slug: pageSlug(file), title: firstHeading(markdown) ?? baseName(file), markdown };
}

function samePage(
  page: SitePage,
  origin: Origin,
  first: { readonly page: SitePage; readonly origin: Origin },
): Diagnostic {
  const message =
    page.file === first.page.file
      ? `The page ${quote(page.file)} is listed twice.`
      : `The pages ${listOf([first.page.file, page.file])} would both be ${quote(`${page.slug}.html`)}.`;
  const related = [{ message: 'the other page', origin: first.origin }];
  return report('docs-page-name', origin, message, page.file === first.page.file ? 'Remove one.' : undefined, related);
}

/** Links of `holder`, in the order of the spec. Wrong ones are reported and left out. */
function readLinks(holder: SpecNode, subject: string, problems: Diagnostic[]): readonly DocsLink[] {
  return listAt(holder, 'links').flatMap(([, node]) => {
    const found: Diagnostic[] = [];
    const { text, url } = readFields(node, `${subject}.links[]`, linkFields, found);
    if (found.length === 0 && (text === undefined || url === undefined)) {
      const message = `A link of ${quote(subject)} needs \`text\` and \`url\`.`;
      found.push(
        report('extension-value', node.origin, message, 'For example `{ text: Wiki, url: https://wiki.example.com }`.'),
      );
    }
    problems.push(...found);
    return text === undefined || url === undefined ? [] : [{ text, url }];
  });
}

function readServices(docs: SpecNode, known: readonly string[], problems: Diagnostic[]): readonly ServiceDocs[] {
  const services = docs.get('services');
  if (services === undefined || !isObject(services.value)) return [];
  return services.entries().flatMap(([service, node]) => {
    if (!known.includes(service)) {
      const message = `\`x-docs\` describes the service ${quote(service)}, which no operation belongs to.`;
      const help = didYouMeanOrList(service, known, 'Services');
      problems.push(report('unknown-service', services.keyOrigin(service), message, help));
    }
    const subject = `x-docs.services.${service}`;
    const { summary, description, owner } = readFields(node, subject, serviceFields, problems);
    const links = readLinks(node, subject, problems);
    return known.includes(service)
      ? [{ service, summary: summary ?? null, description: description ?? null, owner: owner ?? null, links }]
      : [];
  });
}

/** What is no list was reported where the fields are read. */
function listAt(holder: SpecNode, key: string): ReturnType<SpecNode['entries']> {
  const node = holder.get(key);
  return node !== undefined && Array.isArray(node.value) ? node.entries() : [];
}
