import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../../src/data/inspect.js';
import { writeBatches } from '../../../src/data/open.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { waveEvents } from '../../evaluate/sequence/waves.js';
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

  it('should be compared, of long tables', async () => {
    const [real, synthetic] = [1, 2].map(() => directory.fresh('parquet')) as [string, string];
    await writeBatches(real, asyncFrom([waveEvents(40, 1)]), {});
    await writeBatches(synthetic, asyncFrom([waveEvents(40, 2)]), {});
    const page = directory.fresh('html');

    const { code, stdout } = await runHere(['report', real, synthetic, ...sequences, '-o', page]);

    expect(code).toBe(0);
    expect(stdout).toContain('Autocorrelations of lags 1 to 7 are 0.');
    expect(stdout).toMatch(/values of all steps, 1 is alike +0\.\d/);
    expect(await readFile(page, 'utf8')).toContain(
      '<dt>sequences</dt><dd>the rows of each device</dd>',
    );
  });

  it('should be reported on when they were learned', async () => {
    const input = directory.fresh('parquet');
    const page = directory.fresh('html');
    await writeBatches(input, asyncFrom([eventTable(200)]), {});
    const options = ['--steps', '2', '--recipe', recipe, '--report', page];

    const { code } = await runHere([
      ...['train', input, '-o', directory.fresh('model')],
      ...options,
      ...sequences,
    ]);

    expect(code).toBe(0);
    expect(await readFile(page, 'utf8')).toContain('<h2>Sequences</h2>');
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
