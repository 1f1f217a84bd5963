import { gunzipSync } from 'node:zlib';
import type { RecordBatch } from 'apache-arrow';
import { Field, Int32, makeData, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../src/data/batches/batch.js';
import { concatenateBatches } from '../../src/data/batches/interleave.js';
import { evaluate } from '../../src/evaluate/evaluate.js';
import { reportPage } from '../../src/report/page.js';
import { column } from '../encode/columns.js';
import { expectedBatches } from '../evaluate/expected/tables.js';
import { comparison } from '../evaluate/image/comparison.js';
import { waveSequences } from '../evaluate/sequence/waves.js';
import { products } from '../gan/families/products.js';
import { imagesTable } from '../gan/families/tensor/images-table.js';

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
    const options = { holdout, target: 'label', model: 'linear', fairness: 'city' } as const;

    const evaluation = await evaluate(real, synthetic, options);
    const page = reportPage(evaluation);

    for (const name of real.schema.names) expect(page).toContain(`>${String(name)}</h3>`);
    // A chart a column, three heat maps, a map of rows, intervals, distances with a key, and what pairs are drawn.
    const drawn = evaluation.illustrations?.pairs.length ?? Number.NaN;
    expect(page.match(/<svg/g)?.length).toBe(real.schema.names.length + 9 + drawn);
    expect(page).toContain('20 of the synthetic rows are equal to a real row');
    expect(page).toContain('Predicting label on held-out real rows, by linear');
    expect(page).toContain('<h2>Groups of city</h2>');
    expect(page).toContain('equalised odds difference');
    expect(page).toContain('the best of three attacks has AUC 0.5');
    expect(page).toMatch(/<td>bootstrap<\/td><td>0\.[67]\d\d \(0\.\d{3} to 0\.\d{3}\)/);
    expect(page).toContain('<td>gaussian copula</td>');
    expect(page).not.toMatch(/NaN|undefined|null</);
  });

  it('should say how texts compare', async () => {
    const [real, synthetic, holdout] = [1, 2, 3].map((seed) => products(200, seed)) as [
      RecordBatch,
      RecordBatch,
      RecordBatch,
    ];

    const page = reportPage(await evaluate(real, synthetic, { holdout }));

    expect(page).toContain('<a href="#texts">Texts</a>');
    expect(page).toMatch(/<h3>title<\/h3><p>\d+ texts beside as many held-out ones/);
    expect(page).toContain('<td>reverse perplexity</td>');
    expect(page).not.toMatch(/NaN|undefined|null</);
  });

  it('should draw real and synthetic sequences side by side, and each series', async () => {
    const [real, synthetic] = await Promise.all([waveSequences(30, 1), waveSequences(30, 2)]);

    const page = reportPage(await evaluate(real, synthetic));
    const without = reportPage(await evaluate(real, synthetic, { illustrations: false }));

    expect(page).toContain('<a href="#sequences">Sequences</a>');
    expect(page).toContain('30 sequences beside as many real ones');
    expect(page).toContain('aria-label="wave: 5 real sequences step by step"');
    expect(page).toContain('aria-label="wave: 5 synthetic sequences step by step"');
    expect(page).toContain('aria-label="state: autocorrelation at lags 1 to 7"');
    expect(page).toContain('aria-label="level: median and middle 80 % step by step"');
    const names = page.match(/role="img" aria-label="[^"]+"/g) ?? [];
    expect(new Set(names).size).toBe(names.length);
    expect(page).not.toMatch(/NaN|undefined|null</);
    expect(without).not.toContain('side by side');
    expect(without).toContain('aria-label="level: median and middle 80 % step by step"');
  });

  it('should say how images compare, and in which features', async () => {
    const real = await expectedBatches('real');

    const page = reportPage({ ...(await evaluate(real, real)), images: comparison });

    expect(page).toContain('<h2>Images: face</h2>');
    expect(page).toContain('<a href="#images">Images: face</a>');
    expect(page).toContain('200 images beside 200 held-out ones, in features of a classifier');
    expect(page).toContain(
      '<td>recall</td><td class="number">0.250</td><td class="number">0.750</td>',
    );
    expect(page).toContain('<td>classes found, of 10</td><td class="number">9</td>');
    expect(page).not.toMatch(/NaN|undefined|null</);
  });

  it('should draw how the model was trained, where that is told', async () => {
    const real = await expectedBatches('real');
    const training = {
      steps: [1, 2, 3],
      losses: { critic: [1, null, 2], '<generator>': [0, 1, 1] },
      scores: [
        { step: 1, score: 0.1 },
        { step: 3, score: 0.4 },
      ],
      kept: 3,
    };

    const page = reportPage(await evaluate(real, real), { training });

    expect(page).toContain('<a href="#training">How the model was trained</a>');
    expect(page).toContain('3 steps. The state after step 3 is the model.');
    expect(page).toContain('aria-label="Losses over steps: critic, &lt;generator&gt;"');
    expect(page).toContain(
      'aria-label="Score by held-out rows, higher is better over steps: score"',
    );
    expect(page).not.toMatch(/NaN|undefined|null</);
  });

  it('should say how near translations come to the truth, and show some', async () => {
    const real = await expectedBatches('real');
    const overlap = { label: 2, pixels: 9, dice: 0.5 };
    const labels = { accuracy: 0.75, meanDice: 0.5, labels: [overlap] };
    const similarity = { l1: 0.125, psnr: null, ssim: 0.625 };
    const translation = {
      recipe: 'pix2pix',
      translation: { source: '<labels>', made: 'slice' },
      rows: { total: 9, drawn: 7 },
      pairs: {
        ...{ count: 7, similarity, untranslated: null, labels: null },
        segmented: { made: labels, real: { ...labels, accuracy: 1 } },
      },
      domains: null,
      examples: 'data:image/png;base64,AAAA',
    };

    const page = reportPage({ ...(await evaluate(real, real)), translation });

    expect(page).toContain('<h2>Translation, on held-out rows</h2>');
    expect(page).toContain('pix2pix: &#39;&lt;labels&gt;&#39; to &#39;slice&#39;, of 7 held-out');
    expect(page).toContain('<td>SSIM</td><td class="number">0.625</td>');
    expect(page).toContain(
      '<td>label 2</td><td class="number">0.500</td><td class="number">0.500</td>',
    );
    expect(page).toContain('<p>In columns: what went in, what was made of it, the truth.</p>');
    expect(page).toContain('src="data:image/png;base64,AAAA"');
    expect(page).not.toMatch(/NaN|undefined|null</);
  });

  it('should show images beside their nearest real ones, and say which rules are broken', async () => {
    const images = [imagesTable(30)];

    const evaluation = await evaluate(images, images, {});
    const broken = { rule: 'a < b', kind: 'order', rows: 12.4, broken: 3 } as const;
    const page = reportPage({ ...evaluation, rules: [broken] });

    expect(page).toContain('<a href="#pictures">Images and their nearest real ones</a>');
    expect(
      page.match(/<img alt="[^"]+" width="\d+" height="\d+" src="data:image\/png;base64,/g),
    ).toHaveLength(16);
    // They are their own copies.
    expect(page).toContain('<figcaption>0.000</figcaption>');
    expect(page).toContain(
      '<td>a &lt; b</td><td>order</td><td class="number">12</td><td class="number">3</td><td>10 %</td>',
    );
  });

  it('should say what drives the rows of a model, where that is told', async () => {
    const real = await expectedBatches('real');
    const moves = [{ column: 'age', correlation: 0.5 }];
    const shifts = [{ column: 'label', level: '<yes>', shift: -0.25 }];
    const explanation = {
      directions: [{ moves }],
      effects: [{ column: 'city', level: 'Bonn', hits: 0.5, shifts }],
    };

    const page = reportPage(await evaluate(real, real), { explanation });

    expect(page).toContain('<a href="#drivers">What drives a row?</a>');
    expect(page).toContain('<td>age +0.50</td>');
    expect(page).toContain('<td>city=Bonn</td><td>50.0 %</td><td>label=&lt;yes&gt; −0.25</td>');
  });

  it('should need nothing else, name every picture, and hold its figures', async () => {
    const real = await expectedBatches('real');

    const evaluation = await evaluate(real, real);
    const page = reportPage(evaluation);

    const [, type, data = ''] = page.match(/href="data:([a-z/]+);base64,([^"]+)"/) ?? [];
    const bytes = Buffer.from(data, 'base64');
    const json = type === 'application/gzip' ? gunzipSync(bytes) : bytes;
    expect(JSON.parse(String(json))).toEqual(evaluation);
    const rest = page.replace(data, '');
    expect(rest).not.toMatch(/<script|<link|<img|@import|url\(|https?:/);
    // The lines of a key are named by the words beside them.
    const pictures = (page.match(/<svg[^>]*>/g) ?? []).filter(
      (own) => !own.includes('aria-hidden'),
    );
    expect(pictures.length).toBeGreaterThan(4);
    const names = pictures.map((picture) => picture.match(/role="img" aria-label="([^"]+)"/)?.[1]);
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
  });

  it('should say what it is of, and hold no row where none is wanted', async () => {
    const real = await expectedBatches('real');

    const evaluation = await evaluate(real, real, { illustrations: false });
    const page = reportPage(evaluation, { facts: { 'made by': 'a <model>' } });

    expect(evaluation.illustrations).toBeNull();
    expect(page).toContain('<dt>made by</dt><dd>a &lt;model&gt;</dd>');
    expect(page).not.toContain('id="rows"');
    expect(page).not.toContain('<circle class="real"');
  });

  it('should fold up the columns of wide tables', async () => {
    const names = Array.from({ length: 60 }, (_, k) => `column ${k}`);
    const schema = new Schema(names.map((name) => new Field(name, new Int32(), false)));
    const cells = names.map((_, k) =>
      makeData({
        type: new Int32(),
        length: 50,
        data: Int32Array.from({ length: 50 }, (_, row) => row * k),
      }),
    );
    const batch = makeBatch(schema, cells, 50);

    const page = reportPage(await evaluate(batch, batch));

    expect(page.match(/<summary>/g)).toHaveLength(2);
    expect(page).toContain('columns 25 to 48 of 60');
    expect(page).toContain('The 40 columns of 60 that are linked most are shown.');
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
