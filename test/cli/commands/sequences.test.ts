import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../../src/data/inspect.js';
import { writeBatches } from '../../../src/data/open.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { eventTable, smallSequenceRecipe } from '../../gan/families/sequence/small-sequences.js';
import { runHere } from '../support/console.js';

const directory = useDirectory();
const recipe = JSON.stringify({ base: 'doppelganger', ...smallSequenceRecipe });
const sequences = ['--sequence-by', 'device', '--order-by', 'time'];

describe('sequences on the command line', () => {
  it('should be trained on, augmented and sampled', async () => {
    const [input, output, sampled] = [1, 2, 3].map(() => directory.fresh('parquet')) as [
      string,
      string,
      string,
    ];
    const model = directory.fresh('model');
    await writeBatches(input, asyncFrom([eventTable()]), {});

    const trained = await runHere([
      'train',
      input,
      '-o',
      model,
      '--steps',
      '2',
      '--recipe',
      recipe,
      ...sequences,
    ]);
    const mixed = ['--ratio', '0.5', '--mark', 'made', '--where', 'place=west'];
    const augmented = await runHere([
      'augment',
      input,
      '-o',
      output,
      '--model',
      model,
      ...mixed,
      ...sequences,
    ]);
    const made = await runHere(['sample', model, '-n', '5', '-o', sampled, '--events']);

    expect([trained.code, augmented.code, made.code]).toEqual([0, 0, 0]);
    expect(augmented.stderr).toContain('60 real sequences, 60 synthetic sequences');
    const rows = await collect(plainRows(readParquetBatches(output)));
    expect(rows.filter((row) => !row.made)).toHaveLength(eventTable().numRows);
    expect(new Set(rows.filter((row) => row.made).map(({ place }) => place))).toEqual(
      new Set(['west']),
    );
    const { rows: events = 0 } = await inspectFile(sampled);
    expect(events).toBeGreaterThanOrEqual(15);
  });

  it('should say which flag another one needs', async () => {
    const { code, stderr } = await runHere([
      'augment',
      'a.parquet',
      '-o',
      'b.parquet',
      '--ratio',
      '0.5',
      '--order-by',
      'time',
    ]);

    expect([code, stderr]).toEqual([2, expect.stringContaining('Give --sequence-by too')]);
  });
});
