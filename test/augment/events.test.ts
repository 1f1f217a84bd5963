import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { augmentWith } from '../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../src/augment/events.js';
import type { AugmentOptions } from '../../src/augment/options/augment-options.js';
import { readOutcome } from '../../src/augment/provenance/outcome.js';
import { readProvenance } from '../../src/augment/provenance/provenance.js';
import { writeDatasetDirectory } from '../../src/data/dataset/write.js';
import { readParquetBatches } from '../../src/data/parquet/read.js';
import { writeParquetFile } from '../../src/data/parquet/write.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { numberedBatches, numberedModel, numberedTools, numbersOf } from './support/numbered.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Augments numbered rows, and gives the events, with and without those of single batches. */
async function watch(
  sizes: readonly number[],
  options: Partial<AugmentOptions>,
  wait = async () => {},
) {
  const events: AugmentEvent[] = [];
  const { tools } = numberedTools(wait);
  const out = await collect(
    augmentWith(tools, asyncFrom(numberedBatches(sizes)), {
      ratio: 0.5,
      progress: (event) => events.push(event),
      ...options,
    }),
  );
  const others = events.filter(({ type }) => type !== 'batch-mixed');
  return { out, numbers: numbersOf(out), events, others };
}
const id = numberedModel().id;

describe('events', () => {
  it('should tell of the fit, the mixing, each batch and the end', async () => {
    const { events } = await watch([2, 3], { fit: { rows: 3 } });

    expect(events).toEqual([
      { type: 'fit-started', cause: 'start', rows: 3 },
      { type: 'fit-stopped', reason: 'done', model: id },
      { type: 'mixing-started', model: id, realRows: 0 },
      { type: 'batch-mixed', real: 2, synthetic: 2, realRows: 2, syntheticRows: 2 },
      { type: 'batch-mixed', real: 3, synthetic: 3, realRows: 5, syntheticRows: 5 },
      { type: 'rows-learned', sample: 'first', rows: 3, of: 5, drifted: [] },
      { type: 'ended', reason: 'completed', realRows: 5, syntheticRows: 5 },
    ]);
  });

  it('should say where mixing begins when rows pass while the model trains', async () => {
    const { numbers, others } = await watch([2, 1, 1, 1], { fit: { rows: 2, during: 'pass' } });

    expect(numbers).toEqual([0, 1, 2, -1, 3, -2, 4, -3]);
    expect(others[2]).toEqual({ type: 'mixing-started', model: id, realRows: 2 });
  });

  it('should say that the stream ended before the model was there', async () => {
    const fit = { rows: 2, during: 'pass' } as const;

    const { numbers, others } = await watch([2, 1, 1], { fit }, () => new Promise(() => {}));

    expect(numbers).toEqual([0, 1, 2, 3]);
    expect(others).toEqual([
      { type: 'fit-started', cause: 'start', rows: 2 },
      { type: 'fit-stopped', reason: 'stream-ended' },
      { type: 'ended', reason: 'completed', realRows: 4, syntheticRows: 0 },
    ]);
  });

  it('should wait for more rows than it trains on where it is told to', async () => {
    const fit = { rows: 2, during: 'pass', sample: 'reservoir', after: 4 } as const;

    const { others } = await watch([1, 1, 1, 1, 1, 1, 1], { fit });

    expect(others[0]).toEqual({ type: 'fit-started', cause: 'start', rows: 2 });
    expect(others[2]).toMatchObject({ type: 'mixing-started', realRows: 4 });
  });

  it('should go to an observer, and leave it open for another stream', async () => {
    const progress = new Subject<AugmentEvent>();
    const seen: string[] = [];
    progress.subscribe({ next: ({ type }) => seen.push(type), complete: () => seen.push('!') });

    for (let twice = 0; twice < 2; twice++) await watch([1], { model: numberedModel(), progress });

    expect(seen).toEqual([
      ...['mixing-started', 'batch-mixed', 'ended'],
      ...['mixing-started', 'batch-mixed', 'ended'],
    ]);
  });

  it('should fail the stream where the observer throws, and tell of failures', async () => {
    const failure = new Error('no room in the log');
    const progress = ({ type }: AugmentEvent) => {
      if (type === 'batch-mixed') throw failure;
    };
    const reasons: string[] = [];
    const failing = augmentWith(numberedTools().tools, broken(), {
      ratio: 0.5,
      model: numberedModel(),
      progress: (event) => event.type === 'ended' && reasons.push(event.reason),
    });

    await expect(watch([1], { model: numberedModel(), progress })).rejects.toBe(failure);
    await expect(collect(failing)).rejects.toThrow('disk on fire');
    expect(reasons).toEqual(['failed']);
  });

  it.each([
    ['append', { realRows: 6, syntheticRows: 6, replacedRows: 0 }],
    ['replace', { realRows: 3, syntheticRows: 3, replacedRows: 3 }],
  ] as const)('should leave the counts in a Parquet file: %s', async (mode, counts) => {
    const path = join(directory, 'a.parquet');
    const options = { ratio: 0.5, mode, model: numberedModel() };
    const stream = augmentWith(numberedTools().tools, asyncFrom(numberedBatches([4, 2])), options);

    await writeParquetFile(path, stream);

    const [batch] = await collect(readParquetBatches(path));
    const metadata = batch?.schema.metadata ?? new Map();
    expect(readOutcome(metadata)).toEqual({ ...counts, models: [{ id, realRows: 0 }] });
    expect(readProvenance(metadata)).toMatchObject([{ model: id, ratio: 0.5 }]);
  });

  it('should leave the outcome of the whole, gate and all, in each file of a dataset', async () => {
    const path = join(directory, 'dataset');
    const gain = { mean: 0.1, low: 0.05, high: 0.2 };
    const arms = { 1: { gain, measures: { r2: gain } } };
    const compareArms = async () =>
      ({ task: 'regression', tested: 100, trainings: 3, real: {}, arms, free: {} }) as const;
    const tools = { ...numberedTools().tools, compareArms };
    const options = { ratio: 0.5, fit: { rows: 9 }, gate: { target: 'n' }, mark: 'made' };
    const stream = augmentWith(tools, asyncFrom(numberedBatches([4, 5])), options);

    await writeDatasetDirectory(path, stream, { partitionBy: ['made'] });

    const outcomes = [];
    for (const part of ['made=false', 'made=true']) {
      const [batch] = await collect(readParquetBatches(join(path, part, 'part-0.parquet')));
      outcomes.push(readOutcome(batch?.schema.metadata ?? new Map()));
    }
    expect(outcomes[0]).toMatchObject({
      ...{ realRows: 9, syntheticRows: 9, replacedRows: 0, models: [{ id }] },
      gate: { verdict: 'helps', mixes: true, ratio: 0.5 },
    });
    expect(outcomes[1]).toEqual(outcomes[0]);
  });

  it('should name in a Parquet file the model that was not known at its start', async () => {
    const path = join(directory, 'a.parquet');
    const options = { ratio: 0.5, fit: { rows: 2, during: 'pass' as const } };
    const source = asyncFrom(numberedBatches([2, 1, 1, 1]));

    await writeParquetFile(path, augmentWith(numberedTools().tools, source, options));

    const [batch] = await collect(readParquetBatches(path));
    const metadata = batch?.schema.metadata ?? new Map();
    expect(readProvenance(metadata)).toMatchObject([{ model: null }]);
    expect(readOutcome(metadata)?.models).toEqual([{ id, realRows: 2 }]);
  });
});

async function* broken(): AsyncGenerator<RecordBatch, void, undefined> {
  yield* numberedBatches([1]);
  throw new Error('disk on fire');
}
