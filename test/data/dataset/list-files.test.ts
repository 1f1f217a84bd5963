import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isDataset, listFiles } from '../../../src/data/dataset/list-files.js';
import { FileError, FormatError } from '../../../src/errors.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();
let root: string;

beforeAll(async () => {
  root = directory.fresh('data');
  const names = [
    'year=2026/month=10/b.parquet',
    'year=2026/month=10/a.parquet',
    'year=2026/month=9/a.parquet',
    'year=2025/a.parquet',
    '_key=1/a.parquet',
    '_temporary/a.parquet',
    '.hidden/a.parquet',
    'year=2025/_SUCCESS',
    'year=2025/.a.parquet.crc',
    'odd [1]/x.parquet',
  ];
  for (const name of names) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), '');
  }
  await mkdir(join(root, 'empty'));
});

/** Paths below the root, and partitions as text. */
const list = async (...paths: string[]) => {
  const files = await listFiles(paths.map((path) => join(root, path)));
  return files.map(({ path, keys }) => [
    relative(root, path),
    keys.map(({ name, value }) => `${name}:${value}`).join(' '),
  ]);
};

describe('listFiles', () => {
  it('should list all files below a directory, sorted, but not those that are hidden', async () => {
    expect(await list('')).toEqual([
      ['_key=1/a.parquet', '_key:1'],
      ['odd [1]/x.parquet', ''],
      ['year=2025/a.parquet', 'year:2025'],
      ['year=2026/month=10/a.parquet', 'year:2026 month:10'],
      ['year=2026/month=10/b.parquet', 'year:2026 month:10'],
      ['year=2026/month=9/a.parquet', 'year:2026 month:9'],
    ]);
  });

  it('should take partitions below the directory that is given alone', async () => {
    expect(await list('year=2026')).toEqual([
      ['year=2026/month=10/a.parquet', 'month:10'],
      ['year=2026/month=10/b.parquet', 'month:10'],
      ['year=2026/month=9/a.parquet', 'month:9'],
    ]);
  });

  it.each([
    ['year=2026/*/b.parquet', [['year=2026/month=10/b.parquet', 'month:10']]],
    [
      '*/a.parquet',
      [
        ['_key=1/a.parquet', '_key:1'],
        ['year=2025/a.parquet', 'year:2025'],
      ],
    ],
    ['year=202{5,7}/**', [['year=2025/a.parquet', 'year:2025']]],
    ['year=2026/month=[9]', [['year=2026/month=9/a.parquet', 'month:9']]],
    ['odd \\[1\\]/*', [['odd [1]/x.parquet', '']]],
  ])('should list what the pattern %s matches', async (pattern, expected) => {
    expect(await list(pattern)).toEqual(expected);
  });

  it('should take files in the order of a list, with the partitions in their paths', async () => {
    const files = await list('year=2026/month=9/a.parquet', 'year=2025/a.parquet');

    expect(files).toEqual([
      ['year=2026/month=9/a.parquet', 'year:2026 month:9'],
      ['year=2025/a.parquet', 'year:2025'],
    ]);
  });

  it('should take a file whose name looks like a pattern', async () => {
    expect(await list('odd [1]/x.parquet')).toEqual([['odd [1]/x.parquet', '']]);
  });

  it('should follow links to directories, and say so when they lead nowhere', async () => {
    const linked = directory.fresh('linked');
    await mkdir(linked);
    await symlink(join(root, 'year=2025'), join(linked, 'year=1'));

    const files = await listFiles(linked);
    await symlink('nowhere', join(linked, 'broken'));

    expect(files.map(({ path }) => path)).toEqual([join(linked, 'year=1', 'a.parquet')]);
    await expect(listFiles(linked)).rejects.toThrow(FileError);
    await expect(listFiles(linked)).rejects.toThrow(/link cannot be followed: .*broken/);
  });

  it.each([
    ['a directory', (path: string) => path],
    ['a pattern', (path: string) => `${path}/**/*.parquet`],
  ])('should take each file of %s once, however links lead to it', async (_, sourceOf) => {
    const looped = directory.fresh('looped');
    await mkdir(join(looped, 'k=1'), { recursive: true });
    await writeFile(join(looped, 'k=1', 'a.parquet'), '');
    await symlink(looped, join(looped, 'k=1', 'k=2'));

    const files = await listFiles(sourceOf(looped));

    expect(files.map(({ path }) => path)).toEqual([join(looped, 'k=1', 'a.parquet')]);
  });

  it.each([
    ['_delta_log', '_delta_log/0.json', 'is of a Delta Lake table'],
    ['metadata', 'metadata/v1.metadata.json', 'is of an Iceberg table'],
    ['.hoodie', '.hoodie/hoodie.properties', 'is of a Hudi table'],
  ])(
    'should refuse a table with a log, %s, whose files may be removed ones',
    async (_, log, name) => {
      const table = directory.fresh('table');
      await mkdir(dirname(join(table, log)), { recursive: true });
      await mkdir(join(table, 'k=1'));
      await writeFile(join(table, log), '');
      const file = join(table, 'k=1', 'a.parquet');
      await writeFile(file, '');

      for (const source of [table, join(table, 'k=1'), join(table, '*/*.parquet')]) {
        await expect(listFiles(source)).rejects.toThrow(FormatError);
        await expect(listFiles(source)).rejects.toThrow(`${name}: ${table}`);
      }
      // Who lists files knows them.
      expect((await listFiles([file])).length).toBe(1);
    },
  );

  it.each(['empty', '*.csv', 'year=2026/month=10/*/*'])(
    'should refuse %s without files',
    async (path) => {
      await expect(list(path)).rejects.toThrow(FileError);
      await expect(list(path)).rejects.toThrow('dataset has no files');
    },
  );

  it('should refuse an empty list', async () => {
    await expect(listFiles([])).rejects.toThrow(FileError);
  });
});

describe('isDataset', () => {
  it.each([
    ['', true],
    ['*.parquet', true],
    ['odd [1]/x.parquet', false],
    ['missing.parquet', false],
  ])('should say of %j: %s', async (path, expected) => {
    expect(await isDataset(join(root, path))).toBe(expected);
    expect(await isDataset([join(root, path)])).toBe(expected);
    expect(await isDataset([join(root, path), 'b'])).toBe(true);
  });

  it('should not take an address for a pattern', async () => {
    expect(await isDataset('https://example.org/a.parquet?key=[1]')).toBe(false);
  });
});
