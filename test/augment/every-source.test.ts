import { type RecordBatch, Table } from 'apache-arrow';
import { from, lastValueFrom, type Observable, of, toArray } from 'rxjs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { augmentWith } from '../../src/augment/augment-batches.js';
import { fitStream } from '../../src/augment/fit-stream.js';
import { ganAugment, ganAugmentWith } from '../../src/augment/gan-augment.js';
import type { BatchStream } from '../../src/augment/stream/batch-stream.js';
import { writeArrow, writeParquet } from '../../src/augment/stream/sinks.js';
import { fromBatches, readParquet } from '../../src/augment/stream/sources.js';
import type { BatchSource } from '../../src/data/batches/batch-source.js';
import { readBatches } from '../../src/data/open.js';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import { InvalidOptionError } from '../../src/errors.js';
import { evaluate } from '../../src/evaluate/evaluate.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { useDirectory } from '../data/support/directory.js';
import { bySecondCopy, secondArrow } from '../data/support/second-copy.js';
import {
  batchOf,
  mixedNumbers,
  numberedBatches,
  numberedModel,
  numberedSchema,
  numberedTools,
  numbersOf,
} from './support/numbered.js';

const directory = useDirectory();
const batches = numberedBatches([3, 4]);
const one = numberedBatches([7]);
const foreign = await bySecondCopy(batches);
const expected = mixedNumbers(7, 5);

const sources: Record<string, () => BatchSource> = {
  Observable: () => from(batches),
  'an async iterable': () => asyncFrom(batches),
  'a plain iterable': () => new Set(batches),
  'an array': () => batches,
  'a table': () => new Table(batches),
  'a batch': () => one[0] as RecordBatch,
  'a stream of ours': () => fromBatches(batches),
  'an Observable of another copy': () => from(foreign),
  'an array of another copy': () => foreign,
  'a table of another copy': () => new secondArrow.Table(foreign) as never,
};

/** Batches of these sizes, of numbers that come again and again. */
const repeatingBatches = (sizes: readonly number[]) =>
  sizes.map((size) => batchOf(Array.from({ length: size }, (_, k) => (k * k) % 23)));

/** Mixes half of the rows, of a stand-in model. */
const options = { ratio: 0.5, model: numberedModel() };
const mixed = (source: BatchSource) => ganAugmentWith(numberedTools().tools, options)(source);

describe.each(Object.entries(sources))('from %s', (_, source) => {
  it('should augment, as a function and as an operator, pulled and pushed', async () => {
    const { tools } = numberedTools();

    const out = [
      await collect(augmentWith(tools, source(), options)),
      await collect(mixed(source())),
      await lastValueFrom(mixed(source()).pipe(toArray())),
    ];

    expect(out.map((each) => numbersOf(each))).toEqual([expected, expected, expected]);
  });

  it('should write files', async () => {
    const paths = [
      directory.fresh('parquet'),
      directory.fresh('arrow'),
      directory.fresh('parquet'),
    ];

    await lastValueFrom(writeParquet(paths[0] as string)(source()));
    await lastValueFrom(writeArrow(paths[1] as string)(source()));
    await writeParquetFile(paths[2] as string, source());

    for (const path of paths) {
      expect(numbersOf(await collect(readBatches(path)))).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
  });

  it('should be a stream', async () => {
    expect(numbersOf(await collect(fromBatches(source())))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

it('should train the same model of every source', async () => {
  const rows = repeatingBatches([40, 60]);
  const given: BatchSource[] = [asyncFrom(rows), from(rows), new Table(rows), rows];

  const options = { steps: 1, rows: 80, sample: 'first', thread: 'caller' } as const;

  const models = await Promise.all(given.map((source) => fitStream(source, options)));

  expect(new Set(models.map(({ id }) => id)).size).toBe(1);
});

it('should compare rows of every source', async () => {
  const rows = repeatingBatches([60, 40]);
  const [table, copy] = [new Table(rows), await bySecondCopy(rows)];
  const given: BatchSource[] = [
    from(rows),
    asyncFrom(rows),
    table,
    new secondArrow.Table(copy) as never,
  ];

  const scores: unknown[] = [];
  for (const source of given) scores.push((await evaluate(source, rows)).quality.score);

  expect(scores).toEqual(given.map(() => 1));
});

it('should keep the columns of a table without rows', async () => {
  const empty = new Table(numberedSchema);

  const out = await collect(mixed(empty));

  expect(out.map(({ numRows, schema }) => [numRows, schema.fields.length])).toEqual([[0, 1]]);
});

it.each([undefined, null, 42, 'train.parquet', {}, () => {}])(
  'should refuse %o at once',
  (source) => {
    const starting = [
      () => augmentWith(numberedTools().tools, source as never, options),
      () => mixed(source as never),
      () => fromBatches(source as never),
      () => writeParquet('out.parquet')(source as never),
    ];

    for (const start of starting) {
      expect(start).toThrow(InvalidOptionError);
      expect(start).toThrow(/source must be record batches: /);
    }
  },
);

it('should say in its types that the result can be pulled', () => {
  const operator = ganAugment({ ratio: 0.3 });

  expectTypeOf(operator).returns.toEqualTypeOf<BatchStream>();
  expectTypeOf(readParquet('a').pipe(operator)).toEqualTypeOf<BatchStream>();
  expectTypeOf(readParquet('a').pipe(operator, operator)).toEqualTypeOf<BatchStream>();
  expectTypeOf(of(one[0] as RecordBatch).pipe(operator)).toEqualTypeOf<Observable<RecordBatch>>();
  expect(Symbol.asyncIterator in fromBatches(batches).pipe(operator)).toBe(true);
});
