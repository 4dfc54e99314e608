/** Resolves after some time. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Asks again and again until the answer is true.
 *
 * @throws Error when it takes longer than `seconds`.
 */
export async function waitUntil(
  ask: () => Promise<boolean>,
  { seconds, what, everyMs = 200 }: { readonly seconds: number; readonly what: string; readonly everyMs?: number },
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`Waited ${seconds} s for ${what}.`);
    await sleep(everyMs);
  }
}
