/** Texts that are kept for a while. */
export interface TextStore {
  /** Keeps a text at a place. */
  put(place: number, text: string): void;
  /** The text that is kept at a place. */
  get(place: number): string;
}

/** Texts one after the other: on the heap while there is room for more, outside of it from then on. */
interface Block {
  text: string;
  bytes?: Buffer;
}

const blockLength = 16_384;

/**
 * Keeps texts outside the heap. Thousands of events that wait for their turn would otherwise be copied by each run of
 * the garbage collector, which costs more than writing and reading them.
 */
export function textStore(): TextStore {
  const blocks: Block[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let block: Block = { text: '' };
  let opened: Block | undefined;
  let text = '';
  return {
    put: (place, more) => {
      blocks[place] = block;
      starts[place] = block.text.length;
      block.text += more;
      ends[place] = block.text.length;
      if (block.text.length < blockLength) return;
      block.bytes = Buffer.from(block.text);
      block.text = '';
      block = { text: '' };
    },
    get: (place) => {
      const own = blocks[place];
      if (own?.bytes && own !== opened) {
        opened = own;
        text = own.bytes.toString();
      }
      return (own?.bytes ? text : own?.text)?.slice(starts[place], ends[place]) ?? '';
    },
  };
}
