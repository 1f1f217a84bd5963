import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inFlags } from '../../src/cli/flag-words.js';
import { splitPair } from '../../src/cli/names.js';
import { useDirectory } from '../data/support/directory.js';
import { runHere } from './support/console.js';

const directory = useDirectory();

describe('inFlags', () => {
  it.each([
    [`so: columns: { "phone": { kind: 'text' } }; or`, 'so: --column phone=text; or'],
    [`columns: { "a=b": { kind: 'integer' } }`, '--column "a=b"=integer'],
    [`declare it, types: { "größe": 'utf8' }`, 'declare it, --type größe=utf8'],
    ['or say fit: { privacy: false }', 'or say --no-privacy'],
    ['no secret, say privacy: false', 'no secret, say --no-privacy'],
    ['say so: header: false', 'say so: --no-header'],
    [`Number them, duplicateNames: 'number'`, 'Number them, --duplicate-names number'],
    [`such as encoding: 'windows-1252'`, 'such as --encoding windows-1252'],
    [`name its delimiter: delimiter: ';'`, `name its delimiter: --delimiter ';'`],
    ['Raise sample, or raise sampleRows', 'Raise --sample-rows, or raise --sample-rows'],
    ['or raise fit.rows', 'or raise --fit-rows'],
    ['the columns are a, b', 'the columns are a, b'],
  ])('should say %j as %j', (message, expected) => {
    expect(inFlags(message)).toBe(expected);
  });

  it('should write names of columns so that flags read them back', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const message = `columns: { ${JSON.stringify(name)}: { kind: 'text' } }`;

        const flag = inFlags(message).replace(/^--column /, '');

        expect(splitPair(flag, 'a=b')).toEqual([name, 'text']);
      }),
    );
  });
});

describe('a command', () => {
  it('should advise flags, which do what they say', async () => {
    const [input, output] = [directory.fresh('csv'), directory.fresh('csv')];
    await writeFile(input, 'a,a,b\n1,2,3\n');
    const augment = (...more: string[]) =>
      runHere(['augment', input, '-o', output, '--ratio', '0', ...more]);

    const [refused, numbered] = [await augment(), await augment('--duplicate-names', 'number')];

    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/Number them, --duplicate-names number, .*: --no-header/);
    expect(numbered.code).toBe(0);
  });
});
