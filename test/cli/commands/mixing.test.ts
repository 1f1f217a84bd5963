import { describe, expect, it } from 'vitest';
import { readOutcome } from '../../../src/augment/provenance/outcome.js';
import { readProvenance } from '../../../src/augment/provenance/provenance.js';
import { readParquetBatches } from '../../../src/data/parquet/read.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from '../support/console.js';
import { here } from '../support/here.js';
import { penguins, useModel } from '../support/penguins.js';

const directory = useDirectory();
const model = useModel();

async function augment(...args: string[]) {
  const output = directory.fresh('out.parquet');
  const result = await runHere([
    ...['augment', penguins.parquet, '-o', output, '--ratio', '0.5', '--json'],
    ...args,
  ]);
  const batches = result.code === 0 ? await collect(readParquetBatches(output)) : [];
  const summary = result.code === 0 ? JSON.parse(result.stdout) : undefined;
  return { ...result, summary, metadata: batches[0]?.schema.metadata ?? new Map() };
}

describe('augment, how rows are mixed', () => {
  it('should replace real rows, and count what went out', async () => {
    const { summary, metadata } = await augment('--model', model.path, '--mode', 'replace');

    expect(summary.rows).toEqual({ real: 172, synthetic: 172 });
    expect(readOutcome(metadata)).toMatchObject({ replacedRows: 172 });
  });

  it('should stop at a limit', async () => {
    const { summary } = await augment('--model', model.path, '--limit', '10');

    expect(summary.rows).toEqual({ real: 344, synthetic: 10 });
  });

  it('should judge rows by a target that is given, and say what came of it', async () => {
    const judged = await augment(
      '--steps',
      '2',
      ...here.augment,
      '--target',
      'species',
      '--gate-at-least',
      '0.9',
    );

    expect(judged.stderr).toMatch(
      /gate: .*none are mixed in: .* in the mean of macro F1 and average precision of 'species'/,
    );
    expect(judged.summary).toMatchObject({
      rows: { real: 344, synthetic: 0 },
      gate: { mixes: false, trials: [{ ratio: 0.5 }, { ratio: 0.25 }] },
    });
    expect(readProvenance(judged.metadata)).toMatchObject([{ gate: { mixes: false } }]);
  });

  it('should not judge where it is told not to, nor without a target', async () => {
    const [told, none] = [
      await augment('--steps', '2', ...here.augment, '--target', 'species', '--no-gate'),
      await augment('--steps', '2', ...here.augment, '--reject-closer-than', '0.1'),
    ];

    expect([told.stderr, none.stderr].join()).not.toContain('gate');
    expect(told.summary.rows.synthetic).toBe(344);
    expect(readOutcome(none.metadata)?.rejected?.seen).toBeGreaterThanOrEqual(344);
  });

  it('should refuse a share that is none, and a filter of rows that are not there', async () => {
    const [share, filter] = [
      await augment('--reject-closer-than', '1'),
      await augment('--reject-closer-than', '0.1', '--model', model.path),
    ];

    expect([share.code, filter.code]).toEqual([2, 2]);
    expect(filter.stderr).toMatch(/cannot be used with/);
  });
});
