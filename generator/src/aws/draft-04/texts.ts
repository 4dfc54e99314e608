import { own } from '../json.ts';
import { type Converted, kept, lose, type Rewriter, type Site } from './conversion.ts';
import { askedFormats, formatPattern } from './format-patterns.ts';
import { portablePattern } from './portable-pattern.ts';

/** Keywords on texts. Formats are of numbers too. */
export const texts: Rewriter = (site) => [
  ...kept(site.schema, ['minLength', 'maxLength']),
  ...pattern(site),
  ...format(site),
  ...['formatMinimum', 'formatMaximum', 'formatExclusiveMinimum', 'formatExclusiveMaximum']
    .filter((keyword) => Object.hasOwn(site.schema, keyword))
    .map((keyword) => lose(site, keyword)),
];

function pattern(site: Site): readonly Converted[] {
  const written = own(site.schema, 'pattern');
  if (typeof written !== 'string') return [];
  const spelled = portablePattern(written);
  return [spelled === null ? lose(site, 'pattern') : { schema: { pattern: spelled.pattern }, exact: spelled.exact }];
}

/** Who reads a document wants the name; validators differ in what they take for a date, so that they get a pattern. */
function format(site: Site): readonly Converted[] {
  const name = own(site.schema, 'format');
  if (typeof name !== 'string') return [];
  if (site.conversion.use === 'document') return [{ schema: { format: name }, exact: !askedFormats.has(name) }];
  if (!askedFormats.has(name)) return [];
  const spelled = formatPattern(name);
  return [spelled ?? lose(site, 'format')];
}
