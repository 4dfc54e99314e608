/** Tells what happens, a line each. */
export function told(line: string): void {
  console.info(line);
}
