import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ReadCsvOptions, readCsvBatches } from '../../../src/data/csv/read.js';
import { readBatches } from '../../../src/data/open.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { describeField } from '../../../src/data/schema/describe.js';
import { DataError, FormatError, InvalidOptionError, SchemaError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

const batchesOf = (text: string | Uint8Array, options?: ReadCsvOptions) =>
  collect(readCsvBatches(Buffer.from(text), options));
const read = async (text: string | Uint8Array, options?: ReadCsvOptions) =>
  collect(plainRows(asyncFrom(await batchesOf(text, options))));
const typesOf = async (text: string, options?: ReadCsvOptions) =>
  (await batchesOf(text, options))[0]?.schema.fields.map(describeField);

describe('readCsvBatches, where nobody says how', () => {
  it.each([
    [';', 'sex;grp\nm;0\nf;1\n'],
    ['\t', 'sex\tgrp\nm\t0\nf\t1\n'],
    ['|', 'sex|grp\nm|0\nf|1'],
    [',', 'sex,grp\nm,0\nf,1\n'],
    ['; beside commas', 'sex;grp\n"m,x";0\n"f\ny;z";1\n'],
  ])('should find the delimiter %s', async (_, text) => {
    expect((await batchesOf(text))[0]?.schema.names).toEqual(['sex', 'grp']);
  });

  it.each(['a', 'a b', 'one\ntwo; three\n', '"x;y"\n1\n'])(
    'should take a comma where nothing else is a delimiter: %j',
    async (text) => {
      expect((await batchesOf(text))[0]?.schema.fields.length).toBe(1);
    },
  );

  it('should take NA and the like for null among numbers and dates, and leave it in texts', async () => {
    const text = 'age,day,country\n1,2026-01-02,NA\nNA,-,DE\n,null,\n';

    expect(await typesOf(text)).toEqual(['age: int64', 'day: date32', 'country: utf8']);
    expect(await read(text)).toEqual([
      { age: 1, day: new Date('2026-01-02'), country: 'NA' },
      { age: null, day: null, country: 'DE' },
      { age: null, day: null, country: null },
    ]);
    expect(await typesOf(text, { nulls: [''] })).toEqual([
      'age: utf8',
      'day: utf8',
      'country: utf8',
    ]);
    expect(await typesOf('x\nNA\n')).toEqual(['x: utf8']);
  });

  it.each([
    ['utf-16le', Buffer.from('\ufeffa,b\né,1\n', 'utf16le')],
    ['utf-16be', Buffer.from('\ufeffa,b\né,1\n', 'utf16le').swap16()],
    ['gzip', gzipSync('a,b\né,1\n')],
  ])('should understand %s', async (_, bytes) => {
    expect(await read(bytes)).toEqual([{ a: 'é', b: 1 }]);
  });

  it('should read gzip of several parts, and refuse what follows it', async () => {
    const [first, second] = [gzipSync('a,b\n1,2\n'), gzipSync('3,4\n')];
    const zeros = Buffer.alloc(600);
    const rows = [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ];

    expect(await read(Buffer.concat([first, second, zeros]))).toEqual(rows);
    await expect(read(Buffer.concat([first, zeros, second]))).rejects.toThrow(
      /cannot be decompressed: .* \(after its end other bytes follow\)/,
    );
  });

  it('should read .csv.gz by its name, and refuse it where it is cut short', async () => {
    const path = directory.fresh('csv.gz');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, gzipSync('a;b\n1;2\n'));

    expect(await collect(plainRows(readBatches(path)))).toEqual([{ a: 1, b: 2 }]);
    await expect(read(gzipSync('a,b\n1,2\n').subarray(0, -6))).rejects.toThrow(FormatError);
  });
});

describe('readCsvBatches, told how', () => {
  it('should read numbers and dates as others write them', async () => {
    const text =
      'x;y;day;at\n1.234,5;7;01.03.2026;1.3.2026 12:30\n-2;1.000;31.12.1999;31.12.1999 00:00\n';
    const options = { decimal: ',', thousands: '.', dateFormat: 'dd.mm.yyyy' } as const;

    expect(await typesOf(text, options)).toEqual([
      'x: float64',
      'y: int64',
      'day: date32',
      'at: timestamp[us]',
    ]);
    expect((await read(text, options))[0]).toEqual({
      x: 1234.5,
      y: 7,
      day: new Date('2026-03-01'),
      at: new Date('2026-03-01T12:30:00Z'),
    });
  });

  it.each([
    ['a point where it stands between thousands', '1.5', { decimal: ',', thousands: '.' }],
    ['groups of other lengths', '1,00', { thousands: ',', delimiter: ';' }],
    ['a point for a comma', '1.5', { decimal: ',' }],
    ['a day there is not', '31.02.2026', { dateFormat: 'dd.mm.yyyy' }],
    ['another order', '2026-01-02', { dateFormat: 'dd.mm.yyyy' }],
  ] as const)('should not take %s for a number or date', async (_, cell, options) => {
    expect(await typesOf(`x\n${cell}\n`, options)).toEqual(['x: utf8']);
    const told = read(`x\n${cell}\n`, {
      ...options,
      types: { x: cell.length > 4 ? 'date' : 'float64' },
    });
    await expect(told).rejects.toThrow(DataError);
  });

  it('should leave out lines before the header, and count them', async () => {
    const text = '# made by a machine\n\na,b\n1,2\n';

    expect(await read(text, { skipLines: 2 })).toEqual([{ a: 1, b: 2 }]);
    expect(await read('a,a\n1,2\n', { skipLines: 1, header: ['x', 'y'] })).toEqual([
      { x: 1, y: 2 },
    ]);
    await expect(read(`${text}1,2,3\n`, { skipLines: 2 })).rejects.toThrow('the row in line 5');
  });

  it('should number columns of one name, if told so', async () => {
    expect((await batchesOf('a,a,a_2,a\n', { duplicateNames: 'number' }))[0]?.schema.names).toEqual(
      ['a', 'a_3', 'a_2', 'a_4'],
    );
    await expect(read('a,a\n')).rejects.toThrow(SchemaError);
  });

  it.each([
    { dateFormat: 'dd.mm' },
    { decimal: ';' as never },
    { decimal: ',', thousands: ',' } as const,
    { skipLines: -1 },
    { duplicateNames: 'drop' as never },
  ])('should refuse options %j', async (options) => {
    await expect(read('a\n', options)).rejects.toThrow(InvalidOptionError);
  });
});
