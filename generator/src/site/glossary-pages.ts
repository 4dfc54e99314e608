import { pagedPath } from './paginate.ts';
import type { GatheredField } from './schema/glossary.ts';
import type { GlossaryField } from './site-model.ts';
import { sitePaths } from './site-paths.ts';

/** About what a page of the glossary may hold, in characters, so that none is over 60 KB. */
const mostCharacters = 38_000;

/** Puts the fields of the glossary on pages. */
export function onPages(fields: readonly GatheredField[]): readonly GlossaryField[] {
  let page = 0;
  let characters = 0;
  return fields.map((field) => {
    const size = sizeOf(field);
    if (characters > 0 && characters + size > mostCharacters) {
      page++;
      characters = 0;
    }
    characters += size;
    return { ...field, path: pagedPath(sitePaths.glossary, page) };
  });
}

function sizeOf({ name, uses }: GatheredField): number {
  const shown = uses.slice(0, 30).reduce((sum, { field, event }) => {
    return sum + 60 + field.path.length + (field.anchor?.length ?? 0) + event.text.length + field.text.length;
  }, 0);
  return 250 + 3 * name.length + shown + 2 * Math.max(0, ...uses.map(({ description }) => description?.length ?? 0));
}
