import { readFile, writeFile } from 'node:fs/promises';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadCsvOptions, readCsvBatches } from '../../../src/data/csv/read.js';
import { describeField } from '../../../src/data/schema/describe.js';
import {
  DataError,
  FileError,
  FormatError,
  InvalidOptionError,
  SchemaError,
} from '../../../src/errors.js';
import { caseCount } from '../../support/cases.js';
import { collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const read = (text: string | Uint8Array, options?: ReadCsvOptions) =>
  collect(readCsvBatches(Buffer.from(text), options));

/** Rows as plain values; int64 and timestamps as bigint. */
const rowsOf = (batches: readonly RecordBatch[]) =>
  batches.flatMap((batch) =>
    Array.from({ length: batch.numRows }, (_, row) =>
      batch.data.children.map((column) => {
        const isValid = column.nullCount === 0 || column.getValid(row);
        if (!isValid) return null;
        if (column.valueOffsets) {
          const [start, end] = column.valueOffsets.subarray(row, row + 2);
          return Buffer.from(column.values).toString('utf8', start, end);
        }
        if (column.type.ArrayType === Uint8Array) {
          return ((column.values[row >> 3] as number) & (1 << (row % 8))) !== 0;
        }
        return column.values[row];
      }),
    ),
  );

const fieldsOf = (batches: readonly RecordBatch[]) => batches[0]?.schema.fields.map(describeField);

const directory = useDirectory();

describe('readCsvBatches', () => {
  it('should infer the type that all cells of a column have', async () => {
    const text = [
      'i,f,b,d,t,z,s,n',
      '1,0.5,true,2026-03-01,2026-03-01 12:30:00,2026-03-01T12:30:00Z,abc,',
      ',1e3,False,1969-12-31,1969-12-31T23:59:59.999999,1970-01-01 01:00:00+01:00,"a ""b""",',
      '-9223372036854775808,7,,,,,"x,\ny",',
    ].join('\r\n');

    const batches = await read(text);

    expect(fieldsOf(batches)).toEqual([
      'i: int64',
      'f: float64',
      'b: bool',
      'd: date32',
      't: timestamp[us]',
      'z: timestamp[us, UTC]',
      's: utf8',
      'n: utf8',
    ]);
    expect(rowsOf(batches)).toEqual([
      [1n, 0.5, true, 20513, 1772368200000000n, 1772368200000000n, 'abc', null],
      [null, 1000, false, -1, -1n, 0n, 'a "b"', null],
      [-(2n ** 63n), 7, null, null, null, null, 'x,\ny', null],
    ]);
  });

  it.each([
    ['a zero in front', '007', 'utf8'],
    ['more than 64 bits', '9223372036854775809', 'utf8'],
    ['whole numbers that a float would round, next to fractions', '9007199254740993\n0.5', 'utf8'],
    ['whole numbers that a float holds, next to fractions', '9007199254740992\n0.5', 'float64'],
    ['parts of a microsecond', '2026-03-01 00:00:00.1234567', 'utf8'],
    ['a day there is not', '2023-02-29', 'utf8'],
    ['instants with and without a zone', '2026-03-01 00:00\n2026-03-01 00:00Z', 'utf8'],
    ['a float beyond the range', '1e999', 'utf8'],
    ['not a number', 'NaN\n-inf\n1', 'float64'],
    ['spaces', ' 1', 'utf8'],
    ['a telephone number', '+494280387012', 'utf8'],
    ['a code with a letter', '12E4', 'utf8'],
    ['floats as programs write them', '1.5E4\n1e5\n1e-7\n1E+4', 'float64'],
    ['a decimal with a zero in front', '00.5', 'utf8'],
    ['zero and one', '0\n1', 'int64'],
  ])('should lose nothing of %s', async (_, text, type) => {
    const batches = await read(`x\n${text}\n`);

    expect(fieldsOf(batches)).toEqual([`x: ${type}`]);
  });

  it.each([
    ['digits', '7'.repeat(400_000)],
    ['digits and a letter', `${'7'.repeat(400_000)}x`],
    ['a sign and digits', `-${'7'.repeat(400_000)}.`],
    ['an exponent', `1e${'7'.repeat(400_000)}`],
    ['spaces', `${' '.repeat(400_000)}x`],
    ['zeros', '0'.repeat(400_000)],
  ])('should not take long over a cell of many %s', async (_, cell) => {
    const [batch] = await read(`x\n${cell}\n`);

    // Growing with the square it would be minutes.
    expect(fieldsOf([batch as RecordBatch])).toEqual(['x: utf8']);
  });

  it('should end inference when it is told to', async () => {
    const controller = new AbortController();
    const names = Array.from({ length: 2000 }, (_, k) => `c${k}`).join(',');
    const row = names.replaceAll('c', '');
    const reading = read(`${names}\n${`${row}\n`.repeat(50)}`, { signal: controller.signal });
    setImmediate(() => controller.abort(new Error('told to')));

    await expect(reading).rejects.toThrow('told to');
  });

  it('should keep whole numbers exact, beyond what a float holds', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), { minLength: 1 }),
        async (values) => {
          const batches = await read(`x\n${values.join('\n')}\n`);

          expect(rowsOf(batches).flat()).toEqual(values);
        },
      ),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should give back any table of texts, however it is cut into pieces and batches', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\ufeff', '')),
      fc.stringMatching(/^[",\r\n' ;ab]{0,8}$/),
    );
    const table = fc.integer({ min: 1, max: 4 }).chain((columns) =>
      fc.array(fc.array(fc.option(cell), { minLength: columns, maxLength: columns }), {
        maxLength: 8,
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '||'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 3 }),
        async (rows, delimiter, lineBreak, pieceBytes, batchRows) => {
          const columns = rows[0]?.length ?? 1;
          const names = Array.from({ length: columns }, (_, k) => `c${k}`);
          const quote = (text: string | null) =>
            text === null ? '\\N' : `"${text.replaceAll('"', '""')}"`;
          const lines = [names, ...rows].map((row) => row.map(quote).join(delimiter) + lineBreak);
          const bytes = Buffer.from(lines.join(''));
          async function* pieces() {
            for (let at = 0; at < bytes.length; at += pieceBytes) {
              yield bytes.subarray(at, at + pieceBytes);
            }
          }

          const types = Object.fromEntries(names.map((name) => [name, 'utf8' as const]));
          const options = { delimiter, batchRows, nulls: ['\\N'], types };
          const batches = await collect(readCsvBatches(pieces(), options));

          expect(rowsOf(batches)).toEqual(
            rows.map((row) => row.map((text) => (text === '\\N' ? null : text))),
          );
          expect(batches.every(({ numRows }) => numRows <= batchRows)).toBe(true);
          expect(batches.every(({ schema }) => schema === batches[0]?.schema)).toBe(true);
        },
      ),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should give back any table of typed values, with types found by itself', async () => {
    const kinds = [
      [fc.boolean(), String],
      [fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), String],
      [
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0.5),
        (x: number) => x.toExponential(),
      ],
      [
        fc.string({ unit: 'grapheme', minLength: 1 }).map((x) => `t${x}`),
        (x: string) => `"${x.replaceAll('"', '""')}"`,
      ],
    ] as const;
    const column = fc
      .constantFrom(...kinds)
      .chain(([value, write]) =>
        fc
          .array(fc.option(value as fc.Arbitrary<unknown>), { minLength: 9, maxLength: 9 })
          .map((values) => ({ values, write: write as (x: unknown) => string })),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(column, { minLength: 2, maxLength: 4 }), async (columns) => {
        const lines = Array.from({ length: 9 }, (_, row) =>
          columns
            .map(({ values, write }) => (values[row] === null ? '' : write(values[row])))
            .join(','),
        );

        const batches = await read(
          `${columns.map((_, k) => `c${k}`).join(',')}\n${lines.join('\n')}\n`,
        );

        const expected = Array.from({ length: 9 }, (_, row) =>
          columns.map(({ values }) => values[row]),
        );
        expect(rowsOf(batches)).toEqual(expected);
      }),
      { numRuns: caseCount(25, 100) },
    );
  });

  it('should take types, nulls, quotes, encodings and names from the options', async () => {
    const text = "1;'a;b';n/a\r\n+02;'it''s';\u00e9\r\n";

    const batches = await read(Buffer.from(text, 'latin1'), {
      delimiter: ';',
      quote: "'",
      header: ['id', 'text', 'note'],
      nulls: ['n/a'],
      types: { id: 'float64' },
      encoding: 'latin1',
    });

    expect(fieldsOf(batches)).toEqual(['id: float64', 'text: utf8', 'note: utf8']);
    expect(rowsOf(batches)).toEqual([
      [1, 'a;b', null],
      [2, "it's", '\u00e9'],
    ]);
  });

  it('should number columns without a header, and leave spaces out when told', async () => {
    const batches = await read('1, 2\n3, 4\n', { header: false, trim: true });

    expect(fieldsOf(batches)).toEqual(['column0: int64', 'column1: int64']);
    expect(rowsOf(batches)).toEqual([
      [1n, 2n],
      [3n, 4n],
    ]);
  });

  it('should take a tab for the delimiter of a .tsv file, and skip a byte order mark', async () => {
    const path = directory.fresh('tsv');
    await writeFile(path, '\ufeffa\tb\n1\t2\n\n');

    const batches = await collect(readCsvBatches(path));

    expect(fieldsOf(batches)).toEqual(['a: int64', 'b: int64']);
    expect(rowsOf(batches)).toEqual([[1n, 2n]]);
  });

  it('should take an empty line for a null where there is one column', async () => {
    expect(rowsOf(await read('x\n1\n\n3\n'))).toEqual([[1n], [null], [3n]]);
  });

  it('should give one batch without rows for a header alone', async () => {
    const batches = await read('a,b\n', { types: { b: 'int64' } });

    expect(batches.map(({ numRows }) => numRows)).toEqual([0]);
    expect(fieldsOf(batches)).toEqual(['a: utf8', 'b: int64']);
  });

  it('should hold no more than it needs: a slow reader holds the source', async () => {
    let pulled = 0;
    let closed = false;
    async function* endless() {
      try {
        yield Buffer.from('x\n');
        for (;;) {
          pulled++;
          yield Buffer.from('1\n'.repeat(100));
        }
      } finally {
        closed = true;
      }
    }
    const batches = readCsvBatches(endless(), { sampleRows: 100, batchRows: 100 });

    await batches.next();
    await batches.next();
    const pulledForTwo = pulled;
    await batches.return();

    expect(pulledForTwo).toBeLessThanOrEqual(3);
    expect(closed).toBe(true);
  });

  describe('refusals', () => {
    const after = (n: number, text: string) => `id,note\n${'1,"a\nb"\n'.repeat(n)}${text}`;

    it('should name row, line and column of a cell after the sample that does not fit, and the remedy', async () => {
      const reading = read(after(20, 'x7,b\n'), { name: 'a.csv', sampleRows: 20 });

      await expect(reading).rejects.toThrow(DataError);
      await expect(reading).rejects.toThrow(
        `"x7" is no int64, in column 'id', row 21 (line 42) of a.csv. The type was inferred from the first 20 rows: raise sampleRows, or declare it, types: { "id": 'utf8' }`,
      );
    });

    it.each([
      ['a code', 'x\n1\n', '007'],
      ['a number beyond 64 bits', 'x\n1\n', '9223372036854775808'],
      ['a fraction', 'x\n1\n', '1.5'],
      ['a number that a float rounds', 'x\n1.5\n', '9007199254740993'],
    ])('should refuse %s after the sample rather than change it', async (_, sample, cell) => {
      await expect(read(`${sample}${cell}\n`, { sampleRows: 1 })).rejects.toThrow(DataError);
    });

    it('should say so when a declared type does not fit', async () => {
      await expect(read('x\n?\n', { types: { x: 'int64' } })).rejects.toThrow(
        /"\?" is no int64, in column 'x', row 1 \(line 2\).*nulls: \['', "\?"\]/,
      );
    });

    it.each([
      ['a quote that is not closed', 'a,b\n1,2\n3,"4\n5,6\n', 3, 'never closed'],
      ['text after a quote', 'a,b\n"1\r\n0",2\n"3"4,5\n', 4, 'closing quote is followed'],
      ['a quote in a bare cell', 'a,b\n1,2\n3,4"5"\n', 3, 'in the middle of a cell'],
    ])('should name the line of %s', async (_, text, line, reason) => {
      const reading = read(text);

      await expect(reading).rejects.toThrow(FormatError);
      await expect(reading).rejects.toThrow(`the row that starts in line ${line}, `);
      await expect(reading).rejects.toThrow(reason);
    });

    it.each([
      ['too few cells', 'a,b\n1,2\n3\n', 'the row in line 3 has 1 cells, and there are 2 columns'],
      ['too many cells', 'a,b\n1,2,3\n', 'the row in line 2 has 3 cells'],
      ['nothing', '', 'CSV is empty'],
      ['another encoding', Buffer.from([0x61, 0x0a, 0xe9, 0x0a]), "encoding: 'windows-1252'"],
    ])('should refuse %s', async (_, text, reason) => {
      const reading = read(text);

      await expect(reading).rejects.toThrow(FormatError);
      await expect(reading).rejects.toThrow(reason);
    });

    it('should refuse two columns of one name, and types for a column that is not there', async () => {
      await expect(read('a,a\n')).rejects.toThrow(SchemaError);
      await expect(read('a,b\n', { types: { c: 'utf8' } })).rejects.toThrow(/'c'.*a, b/);
    });

    it.each([
      { delimiter: '' },
      { delimiter: '"' },
      { sampleRows: 0 },
      { batchRows: 1.5 },
      { encoding: 'klingon' },
      { types: { a: 'int' as never } },
      { nulls: 'NA' as never },
      { header: 3 as never },
    ])('should refuse the option %o', async (options) => {
      await expect(read('a\n', options)).rejects.toThrow(InvalidOptionError);
    });

    it('should say that a file is not there', async () => {
      await expect(collect(readCsvBatches('missing.csv'))).rejects.toThrow(FileError);
    });

    it('should not gather a whole file behind a quote that is never closed', async () => {
      let bytes = 0;
      async function* endless() {
        yield Buffer.from('a\n"');
        for (;;) {
          bytes += 2 ** 22;
          yield Buffer.alloc(2 ** 22, 0x78);
        }
      }

      await expect(collect(readCsvBatches(endless()))).rejects.toThrow(/line 2.*never closed/);
      expect(bytes).toBeLessThan(2 ** 27);
    });
  });

  it('should read what the fixtures hold', async () => {
    const text = await readFile('node_modules/vega-datasets/data/seattle-weather.csv');

    const batches = await read(text);

    expect(fieldsOf(batches)?.[0]).toBe('date: date32');
    expect(rowsOf(batches)).toHaveLength(1461);
  });
});
