/** How many texts are kept, each of at most so many characters: what comes again is short and comes often. */
const most = { texts: 500, characters: 500 };

/** Remembers what a function made of short texts, for texts that come again and again, such as those of shared fields. */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = make(text);
    if (text.length > most.characters) return made;
    if (known.size === most.texts) known.clear();
    known.set(text, made);
    return made;
  };
}
