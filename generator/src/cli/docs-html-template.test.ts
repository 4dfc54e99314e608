import { describe, expect, it } from 'vitest';
import { commandLine } from '../../../test/support/command-line.ts';

describe('eventloom docs --html-template', () => {
  const cli = commandLine();

  it('says what to install where the template is not, and writes nothing', async () => {
    const { code, out, err } = await cli.run(['docs', '--html-template']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('npm install --save-dev @asyncapi/generator@2.11 @asyncapi/html-template@3.5');
    expect(err).not.toMatch(/^\s+at /m);
    expect((await cli.run(['docs', '--check'])).code).toBe(1);
  });
});
