import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../../src/augment/sample-batches.js';
import { fromBatches, fromRows } from '../../../../src/augment/stream/sources.js';
import { type PlainRow, plainRows } from '../../../../src/data/rows/to-rows.js';
import { ungroupSequenceBatches } from '../../../../src/data/sequences/ungroup.js';
import { DataError, InvalidOptionError, SchemaError } from '../../../../src/errors.js';
import { chooseRecipe } from '../../../../src/gan/families/recipes.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import { modelFiles, modelFromFiles } from '../../../../src/gan/model/files.js';
import type { Model } from '../../../../src/gan/model/model.js';
import { collect } from '../../../data/support/arbitrary-batches.js';
import { exactRows } from '../../../data/support/exact.js';
import { eventTable, hastySequences, sequenceTable } from './small-sequences.js';

let model: Model;
let real: PlainRow[];

beforeAll(async () => {
  model = await hastySequences();
  real = await collect(plainRows(fromBatches(await sequenceTable())));
});

const sample = (options: Partial<Parameters<typeof sampleBatches>[1]> = {}) =>
  collect(plainRows(sampleBatches(model, { rows: 120, seed: 1, ...options })));
const seconds = (row: PlainRow) => (row.time as Date[]).map((time) => time.getTime() / 1000);
const gapsOf = (rows: readonly PlainRow[]) =>
  rows.flatMap((row) =>
    seconds(row)
      .slice(1)
      .map((time, k) => time - (seconds(row)[k] as number)),
  );

describe('the family of sequences', () => {
  it('should be the default for rows that were grouped, and for no others', async () => {
    const { schema } = await sequenceTable(3);

    expect(chooseRecipe(undefined, schema).name).toBe('doppelganger');
    expect(chooseRecipe(undefined, eventTable(3).schema).name).toBe('tabular');
  });

  it('should make lists of one length in each row, within the lengths of the data', async () => {
    const rows = await sample();
    const lengths = (row: PlainRow) =>
      ['time', 'heat', 'state', 'alarm'].map((name) => (row[name] as unknown[]).length);
    const known = new Set(real.map((row) => lengths(row)[0]));

    expect(rows).toHaveLength(120);
    for (const row of rows) {
      expect(new Set(lengths(row)).size).toBe(1);
      expect(known).toContain(lengths(row)[0]);
    }
  });

  it('should start times like real ones, and keep their grid and their gaps', async () => {
    const rows = await sample();
    const starts = (all: readonly PlainRow[]) => all.map((row) => seconds(row)[0] as number);

    expect(new Set(gapsOf(rows).map((gap) => gap % 900))).toEqual(new Set([0]));
    expect(Math.min(...gapsOf(rows))).toBeGreaterThanOrEqual(Math.min(...gapsOf(real)));
    expect(Math.max(...gapsOf(rows))).toBeLessThanOrEqual(Math.max(...gapsOf(real)));
    expect(starts(rows).every((start) => start % 900 === 0)).toBe(true);
    expect(Math.min(...starts(rows))).toBeGreaterThanOrEqual(Math.min(...starts(real)));
    expect(Math.max(...starts(rows))).toBeLessThanOrEqual(Math.max(...starts(real)));
  });

  it('should make new keys, values of the data, nulls where there were some, and constants', async () => {
    const rows = await sample();
    const items = (all: readonly PlainRow[], name: string) =>
      all.flatMap((row) => row[name] as unknown[]);

    const keys = new Set(rows.map(({ device }) => device));
    expect(keys.size).toBe(120);
    for (const row of real) expect(keys).not.toContain(row.device);
    for (const state of items(rows, 'state')) expect(items(real, 'state')).toContain(state);
    expect(items(rows, 'state')).toContain(null);
    expect(rows.every(({ unit }) => unit === '°C')).toBe(true);
    const heats = items(real, 'heat').filter((heat) => heat !== null) as number[];
    const made = items(rows, 'heat').filter((heat) => heat !== null) as number[];
    expect(Math.min(...made)).toBeGreaterThanOrEqual(Math.min(...heats));
    expect(Math.max(...made)).toBeLessThanOrEqual(Math.max(...heats));
  });

  it('should meet where and balance on attributes exactly', async () => {
    const west = await sample({ where: { place: 'west', weight: 33.25 } });
    const balanced = await sample({ balance: 'place' });
    const count = (place: string) => balanced.filter((row) => row.place === place).length;

    expect(west.every(({ place, weight }) => place === 'west' && weight === 33.25)).toBe(true);
    expect([count('north'), count('south'), count('west')]).toEqual([40, 40, 40]);
  });

  it('should be made alike by a saved model, and ungroup to a long table', async () => {
    const files = modelFiles(model);
    const loaded = await modelFromFiles(async (name) => files[name] as Uint8Array, 'model');

    const [before] = await collect(sampleBatches(model, { rows: 20, seed: 3 }));
    const [after] = await collect(sampleBatches(loaded, { rows: 20, seed: 3 }));
    const long = await collect(plainRows(ungroupSequenceBatches(before as RecordBatch)));

    expect(exactRows([after as RecordBatch])).toEqual(exactRows([before as RecordBatch]));
    expect(Object.keys(long[0] as PlainRow)).toEqual(
      eventTable(1).schema.fields.map((f) => f.name),
    );
    expect(long.length).toBeGreaterThan(20);
  });

  it('should give the same model on a thread of its own', async () => {
    const there = await hastySequences({}, { thread: 'worker' });

    expect(there.id).toBe(model.id);
  });

  it('should learn series without attributes, of one length and of one step', async () => {
    const rows = Array.from({ length: 30 }, (_, k) => ({ v: [k % 7, (k * k) % 11, k % 5] }));
    const one = rows.map(({ v }) => ({ v: v.slice(0, 1) }));
    const fitRows = async (objects: object[]) => {
      const batches = await collect(fromRows(objects));
      return fitModel(batches[0]?.schema as never, batches, {
        recipe: {
          base: 'doppelganger',
          recurrent: 4,
          attributeLayers: [4],
          criticLayers: [4],
          batch: 4,
        },
        steps: 2,
        thread: 'caller',
      });
    };
    const lengths = async (each: Model) =>
      (await collect(plainRows(sampleBatches(each, { rows: 5 })))).map(({ v }) => (v as []).length);

    expect(await lengths(await fitRows(rows))).toEqual([3, 3, 3, 3, 3]);
    expect(await lengths(await fitRows(one))).toEqual([1, 1, 1, 1, 1]);
  });

  it('should refuse what it cannot learn or make, and say what to do', async () => {
    const fitRows = async (objects: object[]) => {
      const batches = await collect(fromRows(objects));
      return fitModel(batches[0]?.schema as never, batches, {
        recipe: 'doppelganger',
        steps: 1,
        thread: 'caller',
      });
    };

    await expect(fitRows([{ a: 1 }, { a: 2 }])).rejects.toThrow(SchemaError);
    await expect(fitRows([{ a: 1 }, { a: 2 }])).rejects.toThrow(/no column holds lists: a\. Group/);
    await expect(
      fitRows([
        { a: [1, 2], b: [1] },
        { a: [1], b: [1] },
      ]),
    ).rejects.toThrow(/'a' holds 2 values and 'b' 1/);
    await expect(fitRows([{ a: [1, 2] }, { a: [] }])).rejects.toThrow(DataError);
    await expect(fitRows([{ a: [1, 1] }, { a: [1, 1] }])).rejects.toThrow(
      /no series can be learned: a/,
    );
    await expect(sample({ where: { heat: null } })).rejects.toThrow(InvalidOptionError);
    await expect(sample({ balance: 'state' })).rejects.toThrow(/balance names a series: 'state'/);
    await expect(hastySequences({ recurrent: 0 })).rejects.toThrow(
      /fit\.recipe\.recurrent must be/,
    );
  });
});
