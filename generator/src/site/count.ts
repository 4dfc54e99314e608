/** `1 message`, `5 messages`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${grouped(amount)} ${amount === 1 ? one : many}`;
}

/** Digits in threes: `262,144`. */
export function grouped(amount: number): string {
  const [whole = '', fraction] = String(amount).split('.');
  const thousands = /e/.test(whole) ? whole : whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}
