import { eventOf } from '../bank.ts';
import type { Notebook } from '../notebook.ts';
import type { Published } from '../produce.ts';

/** What publishers were told, held against what was accepted. */
export function checkPublishers(book: Notebook, published: readonly Published[]): readonly string[] {
  return published.flatMap(({ kind, item: { id }, flaw, said }) => {
    if (said === null) return [];
    const accepted = book.accepted.get(`${eventOf[kind]} ${id}`) ?? [];
    const answered = accepted.filter(({ requestId }) => !book.unanswered.has(requestId));
    if (said === 'accepted' && accepted.length === 0) return [`misreported: ${id} was called accepted, and was not`];
    if (said !== 'accepted' && said !== 'unconfirmed' && accepted.length > 0) {
      return [`misreported: ${id} was called ${said}, and was accepted`];
    }
    if (flaw === 'invalid' && accepted.length > 0) return [`unchecked: ${id} is invalid, and was published`];
    if (answered.length > 1) return [`published twice: ${id}, although the first answer said that it was accepted`];
    return [];
  });
}

/** The parts of a split are known by their ids: publishing one again must not give it another. */
export function checkIdentities({ accepted }: Notebook): readonly string[] {
  const ids = new Map<string, string>();
  return [...accepted].flatMap(([key, acceptances]) =>
    acceptances.flatMap(({ resources }) => {
      const [part, id] = [/urn:eventloom:part:[^,]+/, /urn:eventloom:id:[^,]+/].map((urn) => urn.exec(resources)?.[0]);
      if (part === undefined || id === undefined || !key.startsWith('PaymentOrdered ')) return [];
      const known = ids.get(part) ?? id;
      ids.set(part, known);
      return known === id ? [] : [`renamed: ${key} was published with the same place and another id`];
    }),
  );
}
