import { join, posix } from 'node:path';
import { type DefaultTreeAdapterTypes, parse as parseHtml } from 'parse5';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { makeTown } from '../bench/make-town.ts';
import { loadModel } from '../generator/src/load-model.ts';
import { searched } from '../generator/src/site/browser/search-data.ts';
import { describeSite } from '../generator/src/site/describe-site.ts';
import { renderSite } from '../generator/src/site/render/render-site.ts';
import { emitSite } from '../generator/src/site/site.ts';
import { siteContext } from '../generator/src/site/site-context.ts';
import type { SiteFile } from '../generator/src/site/site-file.ts';
import { hostileSpec } from './site/hostile-spec.ts';
import { understand } from './support/model-of.ts';
import { repository } from './support/repository.ts';

const shop = siteAt('asyncapi.yaml');
const harbour = siteAt('test/aws/harbour/asyncapi.yaml');
const hostile = siteOf(hostileSpec());
const town = siteOf(makeTown(200, 30));

/** A page as a browser reads it. */
interface Read {
  readonly path: string;
  readonly elements: readonly DefaultTreeAdapterTypes.Element[];
}

test.each([
  ['the shop', shop],
  ['a harbour with every delivery', harbour],
  ['a hostile spec', hostile],
  ['a town of 200 events', town],
])('every link of the site of %s leads to a file and an anchor of it', async (_, site) => {
  const files = await site;
  const paths = new Set(files.map(({ path }) => path));
  const pages = readPages(files);
  const anchors = new Map(pages.map(({ path, elements }) => [path, new Set(idsOf(elements))]));
  const dead = pages.flatMap(({ path, elements }) =>
    linksOf(elements).flatMap((link) => {
      const [file = '', anchor = ''] = link.split('#', 2);
      const target = file === '' ? path : posix.join(posix.dirname(path), decodeURIComponent(file));
      const isKnown = paths.has(target) || target === 'asyncapi.json';
      const isThere =
        anchor === '' || anchor.startsWith('event=') || anchors.get(target)?.has(decodeURIComponent(anchor));
      return isKnown && isThere ? [] : [`${path} -> ${link}`];
    }),
  );
  expect(pages.length).toBeGreaterThan(8);
  expect(dead.slice(0, 10)).toEqual([]);
});

test('everything that the search finds is where it says', async () => {
  const { model } = await understand(makeTown(200, 30));
  const site = describeSite(siteContext(model));
  const pages = new Map(readPages(renderSite(site)).map(({ path, elements }) => [path, new Set(idsOf(elements))]));
  const { entries, fields } = searched(site);
  const places = entries.map(([, , , , path, anchor]) => [path, anchor] as const);
  const inEvents = fields.flatMap(([event, rows]) =>
    rows.map(([path, , , anchor]) => [entries[event]?.[4] ?? '', anchor ?? `field-${path}`] as const),
  );
  const lost = [...places, ...inEvents].filter(
    ([path, anchor]) => !(anchor === undefined ? pages.has(path) : pages.get(path)?.has(anchor)),
  );
  expect(site.glossary.at(-1)?.path).not.toBe('glossary.html');
  expect(places.length + inEvents.length).toBeGreaterThan(2_000);
  expect(lost.slice(0, 5)).toEqual([]);
});

test('ids are unique on every page', async () => {
  for (const { path, elements } of readPages([...(await shop), ...(await hostile), ...(await harbour)])) {
    const ids = idsOf(elements);
    expect({ path, twice: ids.filter((id, index) => ids.indexOf(id) !== index) }).toEqual({ path, twice: [] });
  }
});

test('no text of a hostile spec becomes an element that acts, an attribute that acts, or an address that does', async () => {
  const dangers = readPages(await hostile).flatMap(({ path, elements }) =>
    elements.flatMap(({ tagName, attrs }) => {
      const src = attrs.find(({ name }) => name === 'src')?.value ?? '';
      const isOurs = tagName !== 'script' || /^(\.\.\/)*assets\/[a-z-]+\.js$/.test(src);
      const odd = attrs.filter(
        ({ name, value }) =>
          name.startsWith('on') ||
          name === 'style' ||
          name === 'srcdoc' ||
          (/^(href|src|action|formaction|xlink:href)$/.test(name) &&
            /^\s*(javascript|data|vbscript|file):/i.test(value)),
      );
      const isForeign = ['iframe', 'object', 'embed', 'base', 'style', 'img', 'form'].includes(tagName);
      const isAllowed = tagName === 'form' && path === 'match.html';
      return isOurs && odd.length === 0 && (!isForeign || isAllowed)
        ? []
        : [`${path}: ${tagName} ${JSON.stringify(attrs)}`];
    }),
  );
  expect(dangers).toEqual([]);
});

test('no page of the shop or of a large system is over 60 KB', async () => {
  for (const { path, content } of [...(await shop), ...(await town)]) {
    if (path.endsWith('.html'))
      expect({ path, fits: Buffer.byteLength(content) <= 60_000 }).toEqual({ path, fits: true });
  }
});

test('the order of the spec changes no byte of the site', async () => {
  const text = makeTown(40, 8);
  const reversed = stringify(reverse(parse(text)));
  expect(await siteOf(reversed)).toEqual(await siteOf(text));
});

/** With the entries of every mapping but those of examples in the other order. */
function reverse(value: unknown, key = ''): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null || key === 'payload') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, item]) => [name, reverse(item, name)]),
  );
}

async function siteAt(spec: string): Promise<readonly SiteFile[]> {
  const { model } = await loadModel({ spec: join(repository, spec) });
  if (model === null) throw new Error(`${spec} cannot be read`);
  return emitSite(model);
}

async function siteOf(text: string): Promise<readonly SiteFile[]> {
  return emitSite((await understand(text)).model);
}

function readPages(files: readonly SiteFile[]): readonly Read[] {
  return files.flatMap(({ path, content }) => {
    if (!path.endsWith('.html')) return [];
    return [{ path, elements: [...elementsBelow(parseHtml(String(content)))] }];
  });
}

function* elementsBelow(node: DefaultTreeAdapterTypes.ParentNode): Generator<DefaultTreeAdapterTypes.Element> {
  for (const child of node.childNodes) {
    if ('tagName' in child) yield child;
    if ('childNodes' in child) yield* elementsBelow(child);
  }
}

function idsOf(elements: readonly DefaultTreeAdapterTypes.Element[]): readonly string[] {
  return elements.flatMap(({ attrs }) => attrs.flatMap(({ name, value }) => (name === 'id' ? [value] : [])));
}

/** Relative addresses of links, style sheets and scripts. */
function linksOf(elements: readonly DefaultTreeAdapterTypes.Element[]): readonly string[] {
  const addresses = elements.flatMap(({ tagName, attrs }) =>
    attrs.flatMap(({ name, value }) => (tagName !== 'use' && (name === 'href' || name === 'src') ? [value] : [])),
  );
  return addresses.filter((address) => !/^[a-z][a-z0-9+.-]*:/i.test(address));
}
