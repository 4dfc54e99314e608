import { describe, expect, it } from 'vitest';
import { ignoreCaseTest } from './ignore-case.ts';

describe('ignoring case', () => {
  it('compares the whole value, its start or its end', () => {
    expect(ignoreCaseTest('aBc', 'whole')('AbC')).toBe(true);
    expect(ignoreCaseTest('aBc', 'whole')('AbCd')).toBe(false);
    expect(ignoreCaseTest('aBc', 'whole')('Ab')).toBe(false);
    expect(ignoreCaseTest('aB', 'start')('AbCd')).toBe(true);
    expect(ignoreCaseTest('aB', 'start')('xab')).toBe(false);
    expect(ignoreCaseTest('cD', 'end')('abCd')).toBe(true);
    expect(ignoreCaseTest('cD', 'end')('abcdx')).toBe(false);
    expect(ignoreCaseTest('', 'whole')('')).toBe(true);
  });

  it('takes forms of another length for one letter, at each anchor', () => {
    expect(ignoreCaseTest('straße', 'whole')('STRASSE')).toBe(true);
    expect(ignoreCaseTest('straße', 'whole')('straße')).toBe(true);
    expect(ignoreCaseTest('straße', 'whole')('strasse')).toBe(false);
    expect(ignoreCaseTest('straße', 'whole')('STRASSEN')).toBe(false);
    expect(ignoreCaseTest('ßa', 'start')('SSAB')).toBe(true);
    expect(ignoreCaseTest('ßa', 'start')('SAB')).toBe(false);
    expect(ignoreCaseTest('aß', 'end')('BASS')).toBe(true);
    expect(ignoreCaseTest('aß', 'end')('BAS')).toBe(false);
  });

  it('takes the halves of an emoji for question marks, as event-ruler does', () => {
    expect(ignoreCaseTest('😀', 'whole')('😀')).toBe(false);
    expect(ignoreCaseTest('😀', 'whole')('??')).toBe(true);
  });
});
