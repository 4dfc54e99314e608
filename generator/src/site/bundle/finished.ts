/** Finds values that neither refer to others nor have an identity, whatever is in them: nobody has to go through them. */
export class Finished {
  readonly #known = new Map<object, boolean>();

  has(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return true;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const answer = Object.entries(value).every(([key, item]) => key !== '$ref' && key !== '$id' && this.has(item));
    this.#known.set(value, answer);
    return answer;
  }
}
