import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeFixtures } from '../fixtures/make.js';
import { readSourcePenguins } from '../fixtures/penguins.js';
import { readBatches } from '../src/data/open.js';
import { describeSchema } from '../src/data/schema/describe.js';
import { collect } from './data/support/arbitrary-batches.js';

const files = ['penguins.parquet', 'penguins.arrow', 'penguins.arrows'];
const pathOf = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

describe.each(files)('%s', (name) => {
  it('should hold the rows of vega-datasets, one unknown sex aside', async () => {
    const batches = await collect(readBatches(pathOf(name)));

    const rows = batches.flatMap((batch) => batch.toArray().map((row) => row.toJSON()));
    const expected = readSourcePenguins().map((row) => ({
      species: row.Species,
      island: row.Island,
      bill_length_mm: row['Beak Length (mm)'],
      bill_depth_mm: row['Beak Depth (mm)'],
      flipper_length_mm: row['Flipper Length (mm)'],
      body_mass_g: row['Body Mass (g)'],
      sex: row.Sex === '.' ? null : row.Sex,
    }));
    expect(rows).toEqual(expected);
    expect(rows).toHaveLength(344);
    expect(rows.filter((row) => row.sex === null)).toHaveLength(11);
  });

  it('should have the documented types', async () => {
    const [batch] = await collect(readBatches(pathOf(name)));

    const types = batch && describeSchema(batch.schema).map(({ name, type }) => [name, type]);
    expect(types).toEqual([
      ['species', 'utf8'],
      ['island', 'utf8'],
      ['bill_length_mm', 'float64'],
      ['bill_depth_mm', 'float64'],
      ['flipper_length_mm', 'float64'],
      ['body_mass_g', 'int32'],
      ['sex', 'utf8'],
    ]);
  });
});

describe('makeFixtures', () => {
  it('should make the very files that are in the repository', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'gan-augment-fixtures-'));

    await makeFixtures(directory);

    for (const name of files) {
      const [made, kept] = await Promise.all([
        readFile(join(directory, name)),
        readFile(pathOf(name)),
      ]);
      expect(made.equals(kept), name).toBe(true);
    }
    await rm(directory, { recursive: true });
  });
});
