import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { limits } from '../limits.ts';
import { compilePattern, matchesPattern } from './compile-pattern.ts';
import { patternComplexity } from './pattern-complexity.ts';

interface Vector {
  readonly id: string;
  readonly pattern: unknown;
  readonly event: unknown;
  readonly expect: Verdict;
  readonly quirk?: string;
}

type Verdict = boolean | 'invalid';

const testData = fileURLToPath(new URL('../../test-data/', import.meta.url));
const otherVectors = process.env.EVENTLOOM_VECTORS;
const exceptions: readonly { readonly id: string; readonly quirk: string }[] = JSON.parse(
  readFileSync(join(testData, 'vector-exceptions.json'), 'utf8'),
);
const excepted = new Set(exceptions.map(({ id }) => id));

describe('the vectors of event-ruler', () => {
  it('pass, those written for this project', () => {
    const vectors = read(join(testData, 'event-patterns.jsonl'));
    expect(failures(vectors)).toEqual([]);
    report('event-patterns.jsonl', vectors);
  });

  it('are excepted only where they follow an oddity of the engine, and at most ten times', () => {
    const vectors = new Map(read(join(testData, 'event-patterns.jsonl')).map((vector) => [vector.id, vector]));
    expect(exceptions.length).toBeLessThanOrEqual(10);
    for (const { id, quirk } of exceptions) expect(vectors.get(id)?.quirk).toBe(quirk);
  });

  it('are excepted only while they fail', () => {
    const vectors = read(join(testData, 'event-patterns.jsonl')).filter(({ id }) => excepted.has(id));
    expect(vectors.filter((vector) => verdictOf(vector) === vector.expect)).toEqual([]);
  });

  if (otherVectors === undefined) {
    console.log(
      'EVENTLOOM_VECTORS is not set: the vectors of event-ruler-tests.jsonl and aws-recorded.jsonl are not run.',
    );
  } else {
    it('pass, those of the engine itself', () => {
      const vectors = read(join(otherVectors, 'event-ruler-tests.jsonl'));
      expect(failures(vectors)).toEqual([]);
      report('event-ruler-tests.jsonl', vectors);
    });

    it('pass, those recorded against the service', () => {
      const recorded = read(join(otherVectors, 'aws-recorded.jsonl')) as readonly (Vector & {
        readonly expectAws: Verdict;
      })[];
      const tooComplex = recorded.filter(isTooComplex);
      const vectors = recorded
        .filter((vector) => !tooComplex.includes(vector))
        .map((vector) => ({ ...vector, expect: vector.expectAws }));
      expect(tooComplex.map(({ expectAws, pattern }) => ({ expectAws, pattern }))).toEqual([
        { expectAws: 'invalid', pattern: { EventBusArn: [{ wildcard: '*:*:*:*:*:event-bus/*' }] } },
      ]);
      expect(failures(vectors)).toEqual([]);
      report('aws-recorded.jsonl', vectors);
      console.log('aws-recorded.jsonl: the one other is too complex for the service, as patternComplexity says');
    });
  }
});

function failures(vectors: readonly Vector[]): readonly object[] {
  return vectors
    .filter(({ id }) => !excepted.has(id))
    .map((vector) => ({ vector, received: verdictOf(vector) }))
    .filter(({ vector, received }) => received !== vector.expect);
}

/** Tells whether the service refuses a pattern that event-ruler, whose semantics are matched here, accepts. */
function isTooComplex({ pattern }: Vector): boolean {
  const compiled = compilePattern(pattern);
  return compiled.ok && patternComplexity(compiled.pattern) > limits.eventPatternWildcardComplexity.value;
}

function verdictOf({ pattern, event }: Vector): Verdict {
  const compiled = compilePattern(pattern);
  return compiled.ok ? matchesPattern(compiled.pattern, event) : 'invalid';
}

function report(file: string, vectors: readonly Vector[]): void {
  const failing = vectors.filter(({ id }) => excepted.has(id)).length;
  console.log(`${file}: ${vectors.length - failing} of ${vectors.length} vectors pass, ${failing} excepted`);
}

/** A line that is no JSON has a pattern that is none either, and must be expected to be invalid. */
function read(file: string): readonly Vector[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map(parseLine);
}

function parseLine(line: string): Vector {
  try {
    return JSON.parse(line) as Vector;
  } catch {
    expect(line).toContain('"expect":"invalid"');
    return { id: line, pattern: undefined, event: {}, expect: 'invalid' };
  }
}
