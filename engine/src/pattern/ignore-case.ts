/** Which part of the value has to equal the text. */
export type Anchor = 'whole' | 'start' | 'end';

/**
 * Makes a test that ignores case as event-ruler does: each UTF-16 unit of the text stands for its lower-case or its
 * upper-case form, either of which may be longer (`ß` also matches `SS`). A surrogate stands for `?`, since
 * event-ruler encodes it alone; so a text with an emoji matches no emoji.
 */
export function ignoreCaseTest(text: string, anchor: Anchor): (value: string) => boolean {
  const units = Array.from({ length: text.length }, (_, index) => formsOf(text.charAt(index)));
  if (units.every((forms) => forms.every((form) => form.length === 1))) return simpleTest(units, anchor);
  return anchor === 'end' ? (value) => matchesBackward(units, value) : (value) => matchesForward(units, value, anchor);
}

type Forms = readonly string[];

function formsOf(unit: string): Forms {
  if (/[\ud800-\udfff]/.test(unit)) return ['?'];
  const lower = unit.toLowerCase();
  const upper = unit.toUpperCase();
  return lower === upper ? [lower] : [lower, upper];
}

function simpleTest(units: readonly Forms[], anchor: Anchor): (value: string) => boolean {
  return (value) => {
    if (value.length < units.length || (anchor === 'whole' && value.length > units.length)) return false;
    const offset = anchor === 'end' ? value.length - units.length : 0;
    return units.every((forms, index) => forms.includes(value.charAt(offset + index)));
  };
}

function matchesForward(units: readonly Forms[], value: string, anchor: Anchor): boolean {
  let positions = new Set([0]);
  for (const forms of units) {
    positions = step(positions, forms, (position, form) =>
      value.startsWith(form, position) ? position + form.length : null,
    );
  }
  return anchor === 'whole' ? positions.has(value.length) : positions.size > 0;
}

function matchesBackward(units: readonly Forms[], value: string): boolean {
  let positions = new Set([value.length]);
  for (const forms of units.toReversed()) {
    positions = step(positions, forms, (position, form) =>
      value.endsWith(form, position) ? position - form.length : null,
    );
  }
  return positions.size > 0;
}

function step(
  positions: ReadonlySet<number>,
  forms: Forms,
  move: (position: number, form: string) => number | null,
): Set<number> {
  const reached = new Set<number>();
  for (const position of positions) {
    for (const form of forms) {
      const next = move(position, form);
      if (next !== null) reached.add(next);
    }
  }
  return reached;
}
