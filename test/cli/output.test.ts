import { describe, expect, it } from 'vitest';
import { checkOutput, nameOutput } from '../../src/cli/output.js';
import { InvalidOptionError } from '../../src/errors.js';
import { fakeConsole } from './support/console.js';

describe('checkOutput', () => {
  it.each(['a.parquet', 'a.ARROW', 'a.arrows', 'a.csv', 'a.jsonl', '-'])(
    'should let %s pass',
    (output) => {
      const { console } = fakeConsole();

      expect(() => checkOutput(console, { output })).not.toThrow();
    },
  );

  it.each(['a.xlsx', 'a', '', 'parquet'])('should refuse %j', (output) => {
    const { console } = fakeConsole();

    expect(() => checkOutput(console, { output })).toThrow(InvalidOptionError);
  });

  it('should refuse data and JSON on one stdout', () => {
    const { console } = fakeConsole();

    expect(() => checkOutput(console, { output: '-', json: true })).toThrow('both write to stdout');
  });

  it('should refuse data on a terminal', () => {
    const { console } = fakeConsole({ terminal: true });

    expect(() => checkOutput(console, { output: '-' })).toThrow('stdout is a terminal');
    expect(() => checkOutput(console, { output: 'a.parquet' })).not.toThrow();
  });
});

describe('checkOutput of Parquet options', () => {
  it.each([
    [{ compression: 'gzip' }, '--compression'],
    [{ rowGroupRows: 5 }, '--row-group-rows'],
    [{ statistics: 'none' }, '--statistics'],
    [{ threads: 2 }, '--parquet-threads'],
    [{ metadata: { a: 'b' }, compression: 'gzip' }, '--compression and --metadata'],
  ] as const)('should refuse %j for other formats', (options, names) => {
    const { console } = fakeConsole();

    expect(() => checkOutput(console, { output: 'a.parquet', ...options })).not.toThrow();
    expect(() => checkOutput(console, { output: 'a.arrow', ...options })).toThrow(
      `${names} can be used for Parquet alone: a.arrow`,
    );
  });
});

describe('checkOutput of guarded cells', () => {
  it('should refuse them for other formats than CSV', () => {
    const { console } = fakeConsole();
    const refusal = '--guard-cells can be used for CSV alone';

    expect(() => checkOutput(console, { output: 'a.tsv', guardCells: true })).not.toThrow();
    expect(() => checkOutput(console, { output: 'a.jsonl', guardCells: true })).toThrow(refusal);
    expect(() =>
      checkOutput(console, { output: 'a', partitionBy: ['b'], guardCells: true }),
    ).toThrow(refusal);
  });
});

describe('checkOutput of partitions', () => {
  it('should take any path as a directory, but not stdout', () => {
    const { console } = fakeConsole();
    const partitionBy = ['a'];

    expect(() => checkOutput(console, { output: 'a', partitionBy })).not.toThrow();
    expect(() => checkOutput(console, { output: '-', partitionBy })).toThrow('writes a directory');
  });
});

describe('nameOutput', () => {
  it('should name stdout, and files by their path', () => {
    expect([nameOutput('-'), nameOutput('a.parquet')]).toEqual(['standard output', 'a.parquet']);
  });
});
