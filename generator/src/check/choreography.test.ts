import { describe, expect, it } from 'vitest';
import { understand } from '../../../test/support/model-of.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Edge, loopsOf } from './event-loops.ts';

const codes = ['event-loop', 'unfed-consumer', 'fan-out-proposed'];

/** Channels are one event each, of the same name; `wire` is `event -> consumer -> emitted, emitted`, a line each. */
async function said(
  wire: string,
  more: { filters?: Record<string, object>; sends?: string[]; deliveries?: Record<string, object> } = {},
): Promise<readonly Diagnostic[]> {
  const lines = wire
    .trim()
    .split('\n')
    .map((line) => line.split('->').map((part) => part.trim()));
  const emits = (text = '') =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const events = [...new Set(lines.flatMap(([event = '', , emitted]) => [event, ...emits(emitted)]))];
  const payload = { type: 'object', required: ['state'], properties: { state: { enum: ['new', 'old'] } } };
  const operations = lines.map(([event = '', consumer = '', emitted]) => [
    consumer,
    {
      action: 'receive',
      channel: { $ref: `#/channels/${event}` },
      'x-service': 'svc',
      ...(emits(emitted).length === 0
        ? {}
        : { 'x-emits': emits(emitted).map((name) => ({ $ref: `#/channels/${name}/messages/${name}` })) }),
      ...(more.deliveries?.[consumer] === undefined ? {} : { 'x-delivery': more.deliveries[consumer] }),
      ...(more.filters?.[consumer] === undefined ? {} : { 'x-filter': more.filters[consumer] }),
    },
  ]);
  const sends = (more.sends ?? ['Start']).map((event) => [
    `send${event}`,
    { action: 'send', channel: { $ref: `#/channels/${event}` }, 'x-service': 'origin' },
  ]);
  const spec = {
    asyncapi: '3.0.0',
    info: { title: 'Loops', version: '1.0.0' },
    servers: { main: { host: 'x', protocol: 'eventbridge' } },
    channels: Object.fromEntries(
      events.map((name) => [name, { address: name.toLowerCase(), messages: { [name]: { payload } } }]),
    ),
    operations: Object.fromEntries([...operations, ...sends]),
  };
  const { diagnostics } = await understand(JSON.stringify(spec));
  return diagnostics.filter(({ code }) => codes.includes(code));
}

const path = ({ message }: Diagnostic) => /: (.*)\.$/.exec(message)?.[1];

describe('events that lead back to themselves', () => {
  it('are told as a path, with the other steps beside it', async () => {
    const found = await said('Start -> screen -> Flagged\nFlagged -> review -> Cleared\nCleared -> resume -> Start');
    expect(found.map(path)).toEqual([
      'Cleared -> svc/resume -> Start -> svc/screen -> Flagged -> svc/review -> Cleared',
    ]);
    expect(found[0]?.severity).toBe('warning');
    expect(found[0]?.related.map(({ message }) => message)).toEqual([
      '`Start` comes here, and `Flagged` may follow',
      '`Flagged` comes here, and `Cleared` may follow',
    ]);
  });

  it('may be one event', async () => {
    expect((await said('Start -> retry -> Start')).map(path)).toEqual(['Start -> svc/retry -> Start']);
  });

  it('are not there where a chain ends', async () => {
    expect(await said('Start -> a -> Next\nNext -> b -> Last\nStart -> c -> Last')).toEqual([]);
  });

  it('are told each, where two loops share an event', async () => {
    const found = await said('Start -> a -> B\nB -> b -> Start\nStart -> c -> C\nC -> d -> Start');
    expect(found.map(path).sort()).toEqual(['B -> svc/b -> Start -> svc/a -> B', 'C -> svc/d -> Start -> svc/c -> C']);
  });

  it('are broken by a filter that provably no event passes, and by no other', async () => {
    const wire = 'Start -> a -> Next\nNext -> b -> Start';
    const loops = async (filter: object) =>
      (await said(wire, { filters: { b: filter } })).filter(({ code }) => code === 'event-loop');
    expect(await loops({ state: ['gone'] })).toEqual([]);
    expect(await loops({ state: ['old'] })).toHaveLength(1);
    expect(await loops({ state: [{ prefix: 'o' }] })).toHaveLength(1);
  });

  it('are found in graphs of any kind: every edge that leads back is in a loop told, or its tangle has five told', () => {
    let seed = 20_261_120;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return seed % below;
    };
    for (let round = 0; round < 300; round++) {
      const nodes = 1 + random(7);
      const edges: readonly Edge[] = Array.from({ length: random(12) }, () => ({
        from: `${random(nodes)}`,
        to: `${random(nodes)}`,
      }));
      const reaches = (from: string, to: string, seen: readonly string[] = []): boolean =>
        from === to ||
        edges.some((edge) => edge.from === from && !seen.includes(edge.to) && reaches(edge.to, to, [...seen, from]));
      const loops = loopsOf(edges);
      for (const loop of loops) {
        expect(loop.map(({ to }) => to)).toEqual(loop.map((_, index) => loop[(index + 1) % loop.length]?.from));
        expect(new Set(loop.map(({ from }) => from)).size).toBe(loop.length);
      }
      const back = edges.filter(({ from, to }) => reaches(to, from));
      const untold = back.filter((edge) => !loops.some((loop) => loop.includes(edge)));
      for (const edge of untold) {
        const own = loops.filter(
          ([first]) => first !== undefined && reaches(first.from, edge.from) && reaches(edge.from, first.from),
        );
        expect([seed, own.length]).toEqual([seed, 5]);
      }
      expect(back.length === 0).toBe(loops.length === 0);
    }
  });
});

describe('a consumer', () => {
  it('that nobody feeds is told', async () => {
    const found = await said('Start -> a ->\nOther -> b ->');
    expect(found.map(({ severity, code, message }) => [severity, code, message])).toEqual([
      [
        'warning',
        'unfed-consumer',
        'No operation of the spec publishes `Other` from `other`, which `b` would receive.',
      ],
    ]);
  });

  it('is told once for all of a channel, with the others beside it', async () => {
    const found = await said('Start -> a ->\nOther -> b ->\nOther -> c ->');
    expect(found.map(({ message }) => message)).toEqual([
      'No operation of the spec publishes `Other` from `other`, which `b` and 1 more would receive.',
    ]);
    expect(found[0]?.related.map(({ origin }) => origin.pointer)).toEqual(['/operations/c']);
  });

  it('is fed by what another one emits', async () => {
    expect(await said('Start -> a -> Other\nOther -> b ->')).toEqual([]);
  });

  it('of a spec that sends nothing gets its events from elsewhere', async () => {
    expect(await said('Other -> b ->', { sends: [] })).toEqual([]);
  });
});

describe('consumers with one pattern', () => {
  const listeners = (length: number) => Array.from({ length }, (_, index) => `Start -> listen${index} ->`).join('\n');

  it('are as many as one rule has room for', async () => {
    expect(await said(listeners(5))).toEqual([]);
  });

  it('are better off behind a topic when they are more, and the help says how', async () => {
    const [found, ...more] = await said(listeners(6));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'fan-out-proposed', severity: 'info' });
    expect(found?.help).toContain("`servers: [{ $ref: '#/servers/main' }], bindings: { sns: { name: start } }`");
  });

  it('stay where they are when one of them can be reached from a bus only', async () => {
    const deliveries = { listen6: { type: 'log', retentionDays: 7 } };
    expect(await said(listeners(7), { deliveries })).toEqual([]);
  });

  it('are told apart by their filters', async () => {
    const filters = { listen0: { state: ['new'] }, listen1: { state: ['old'] } };
    expect(await said(listeners(7), { filters })).toEqual([]);
  });
});
