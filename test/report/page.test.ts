import type { RecordBatch } from 'apache-arrow';
import { Field, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../src/data/batches/batch.js';
import { concatenateBatches } from '../../src/data/batches/interleave.js';
import { evaluate } from '../../src/evaluate/evaluate.js';
import { reportPage } from '../../src/report/page.js';
import { column } from '../encode/columns.js';
import { expectedBatches } from '../evaluate/expected/tables.js';
import { comparison } from '../evaluate/image/comparison.js';

describe('reportPage', () => {
  it('should hold what was found, each column and each part', async () => {
    const read = async (name: 'real' | 'synthetic' | 'holdout') => {
      const batches = await expectedBatches(name);
      return concatenateBatches((batches[0] as RecordBatch).schema, batches);
    };
    const [real, synthetic, holdout] = [
      await read('real'),
      await read('synthetic'),
      await read('holdout'),
    ];
    const options = { holdout, target: 'label', model: 'linear' } as const;

    const evaluation = await evaluate(real, synthetic, options);
    const page = reportPage(evaluation);

    for (const name of real.schema.names) expect(page).toContain(`<td>${String(name)}</td>`);
    expect(page.match(/<svg/g)?.length).toBe(real.schema.names.length);
    expect(page).toContain('20 of the synthetic rows are equal to a real row');
    expect(page).toContain('Predicting label on held-out real rows, by linear');
    expect(page).not.toMatch(/NaN|undefined|null</);
  });

  it('should say how images compare, and in which features', async () => {
    const real = await expectedBatches('real');

    const page = reportPage({ ...(await evaluate(real, real)), images: comparison });

    expect(page).toContain('<h2>Images: face</h2>');
    expect(page).toContain('200 images beside 200 held-out ones, in features of a classifier');
    expect(page).toContain(
      '<td>recall</td><td class="number">0.250</td><td class="number">0.750</td>',
    );
    expect(page).toContain('<td>classes found, of 10</td><td class="number">9</td>');
    expect(page).not.toMatch(/NaN|undefined|null</);
  });

  it('should show names and values of data as text', async () => {
    const nasty = '<img src=x onerror="alert(1)">';
    const cells = Array.from({ length: 40 }, (_, row) => (row % 2 ? nasty : "it's & so"));
    const schema = new Schema([new Field(nasty, new Utf8(), true)]);
    const [data] = column(new Utf8(), cells).data;
    const batch = makeBatch(schema, [data as never], cells.length);

    const page = reportPage(await evaluate(batch, batch));

    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
    expect(page).toContain('it&#39;s &amp; so');
  });
});
