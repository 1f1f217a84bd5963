import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../../../src/data/images/decode.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { evaluateTranslation } from '../../../src/evaluate/translation/evaluate-translation.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import type { Model } from '../../../src/gan/model/model.js';
import { openTranslator } from '../../../src/gan/sampling/translator.js';
import { bothScanners, hastyDomainModel, scans, smallCut } from '../../augment/support/scans.js';
import { cutInto, hastyPairModel, pairRows, side } from '../../augment/support/translating.js';
import { asyncFrom } from '../../data/support/arbitrary-batches.js';
import { products } from '../../gan/families/products.js';

const held = pairRows(6);

let [pairs, segmenter, domains, oneWay]: Model[] = [];

beforeAll(async () => {
  pairs = await hastyPairModel();
  segmenter = await hastyPairModel({ translate: { from: 'slice', to: 'labels' } });
  domains = await hastyDomainModel();
  oneWay = await hastyDomainModel({ recipe: smallCut });
});

describe('evaluateTranslation', () => {
  it('should hold what is made of pairs against the other image, in its own numbers', async () => {
    const model = pairs as Model;
    const translator = await openTranslator(model, { seed: 3, partition: 0 });
    const made = await translator.translate(held, [0, 1, 2, 3, 4, 5]);
    await translator.dispose();
    const slices = (batch: RecordBatch) => [...readTensors(batch, 'slice').values].map(Number);
    const truths = slices(held);
    const away = slices(made).map((value, k) => Math.abs(value - (truths[k] as number)));
    // The range of all numbers of the slices, from −2 to 2000.
    const expected = away.reduce((sum, each) => sum + each, 0) / away.length / 2002;

    const { pairs: found, ...rest } = await evaluateTranslation(model, [held], { seed: 3 });

    expect(rest).toMatchObject({
      recipe: 'pix2pix',
      translation: { source: 'labels', made: 'slice' },
      rows: { total: 6, drawn: 6 },
      domains: null,
    });
    expect(found).toMatchObject({ count: 6, untranslated: null, labels: null, segmented: null });
    expect(found?.similarity?.l1).toBeCloseTo(expected, 4);
    expect(found?.similarity?.psnr).toBeGreaterThan(0);
    expect(found?.similarity?.ssim).toBeLessThan(1);
  });

  it('should be the same however rows are cut, and leave out those without an answer', async () => {
    const model = pairs as Model;
    const whole = await evaluateTranslation(model, [held]);

    const cut = await evaluateTranslation(model, asyncFrom(cutInto(held, [2, 1])));
    const gaps = await evaluateTranslation(model, [pairRows(6, new Set([1, 4]))]);

    expect(cut).toEqual(whole);
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
    expect([gaps.rows.drawn, gaps.pairs?.count]).toEqual([6, 4]);
  });

  it('should compare labels label by label, also those that are found again in images', async () => {
    const made = await evaluateTranslation(segmenter as Model, [held]);
    const again = await evaluateTranslation(pairs as Model, [held], {
      segmenter: segmenter as Model,
    });

    const known = [0, 1, 2].map((label) => expect.objectContaining({ label }));
    expect(made.pairs).toMatchObject({ similarity: null, labels: { labels: known } });
    // What is found in real images does not depend on the model that makes others.
    expect(again.pairs?.segmented?.real).toEqual(made.pairs?.labels);
    expect(again.pairs?.segmented?.made.labels).toEqual(known);
  });

  it('should hold both directions against real images, and what comes back against what went in', async () => {
    const { domains: found, pairs: none } = await evaluateTranslation(domains as Model, [
      bothScanners,
    ]);

    expect(none).toBeNull();
    expect(found?.directions).toMatchObject([
      { from: 'A', to: 'B', images: { from: 20, to: 20 } },
      { from: 'B', to: 'A', images: { from: 20, to: 20 } },
    ]);
    for (const { untranslated, chance } of found?.directions ?? []) {
      expect(untranslated).toBeGreaterThan(10 * chance);
    }
    expect(Object.keys(found?.cycleError ?? {})).toEqual(['A', 'B']);
    for (const error of Object.values(found?.cycleError ?? {})) expect(error).toBeGreaterThan(0);
  });

  it('should know one direction of a model that has learned one', async () => {
    const { domains: found } = await evaluateTranslation(oneWay as Model, [bothScanners]);

    expect(found?.directions).toHaveLength(1);
    expect(found?.cycleError).toBeNull();
  });

  it('should draw what went in, what was made and the truth, unless rows are not to be shown', async () => {
    const { examples } = await evaluateTranslation(pairs as Model, [held]);
    const { examples: none } = await evaluateTranslation(pairs as Model, [held], {
      illustrations: false,
    });

    const [head, data = ''] = (examples ?? '').split(',');
    const { width, height } = await decodeImage(Buffer.from(data, 'base64'), 'examples');
    expect(head).toBe('data:image/png;base64');
    expect([width, height]).toEqual([3 * side + 4, 6 * side + 10]);
    expect(none).toBeNull();
  });

  it('should draw no more rows than it is told', async () => {
    const { rows, pairs: found } = await evaluateTranslation(pairs as Model, [held], { rows: 4 });

    expect([rows, found?.count]).toEqual([{ total: 6, drawn: 4 }, 4]);
  });

  it('should refuse what it cannot judge', async () => {
    const refused = (...args: Parameters<typeof evaluateTranslation>) =>
      expect(evaluateTranslation(...args)).rejects;

    const table = products(40);
    const noise = { recipe: 'bootstrap', thread: 'caller' } as const;

    await refused(await fitModel(table.schema, [table], noise), [table]).toThrow(
      /makes rows from noise.*Use evaluate/,
    );
    await refused(pairs as Model, [pairRows(3, new Set([0, 1]))]).toThrow(
      /at least 2 rows with both 'labels' and 'slice': 1/,
    );
    await refused(pairs as Model, [bothScanners]).toThrow(/column is not in the stream.*labels/);
    await refused(domains as Model, [scans(['A', 'A', 'A'])]).toThrow(/2 rows of 'scanner' 'B': 0/);
    await refused(pairs as Model, [held], { segmenter: pairs as Model }).toThrow(
      /the segmenter must make labels, 'labels' of 'slice'/,
    );
    await refused(pairs as Model, []).toThrow(/holdout has no rows/);
    // @ts-expect-error: called from JavaScript.
    await refused().toThrow(/model is missing|a model/);
  });
});
