/**
 * All spellings of a text without regard to case, as EventBridge compares it: each letter in its lower and upper case.
 * Null when they are more than `most`, or when a letter is longer in another case (`ß`) or no single UTF-16 unit.
 */
export function caseVariants(text: string, most: number): readonly string[] | null {
  let variants: readonly string[] = [''];
  for (const unit of text.split('')) {
    const forms = formsOf(unit);
    if (forms === null || variants.length * forms.length > most) return null;
    variants = variants.flatMap((start) => forms.map((form) => start + form));
  }
  return variants;
}

/** Tells whether case is as simple in a text as everybody takes it to be: no letter changes its length. */
export function hasSimpleCase(text: string): boolean {
  return text.split('').every((unit) => formsOf(unit) !== null);
}

function formsOf(unit: string): readonly string[] | null {
  const forms = [...new Set([unit.toLowerCase(), unit.toUpperCase()])];
  return /[\ud800-\udfff]/.test(unit) || forms.some((form) => form.length !== 1) ? null : forms;
}
