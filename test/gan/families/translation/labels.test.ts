import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../src/augment/augment-batches.js';
import { readProvenance } from '../../../../src/augment/provenance/provenance.js';
import { translateBatches } from '../../../../src/augment/translate-batches.js';
import { readTensors } from '../../../../src/data/tensor/read.js';
import type { RecipeOption } from '../../../../src/gan/families/recipe-option.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import type { FitOptions } from '../../../../src/gan/fit/options.js';
import { loadModel, saveModel } from '../../../../src/gan/model/directory.js';
import { modelFiles } from '../../../../src/gan/model/files.js';
import type { Model } from '../../../../src/gan/model/model.js';
import { headRows, headSchema, tissues } from '../../../augment/support/heads.js';
import { collect } from '../../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../../data/support/directory.js';
import { exactRows } from '../../../data/support/exact.js';

const directory = useDirectory();
const rows = headRows(12, 1);
const held = headRows(4, 2);

const fitted = (recipe: RecipeOption, options: FitOptions = {}) =>
  fitModel(headSchema, [rows], {
    recipe,
    translate: { from: 'labels', to: 'slice' },
    thread: 'caller',
    ...options,
  });

/** Pixels of drawn slices, by their label. */
async function drawn(model: Model, batch = held, seed = 1): Promise<Map<number, number[]>[]> {
  const [made] = await collect(translateBatches(model, [batch], { seed }));
  const [slices, labels] = [
    readTensors(made as RecordBatch, 'slice'),
    readTensors(made as RecordBatch, 'labels'),
  ];
  return Array.from({ length: slices.rows }, (_, row) => {
    const byLabel = new Map<number, number[]>();
    const map = labels.at(row) as Uint8Array;
    for (const [k, value] of (slices.at(row) as Int16Array).entries()) {
      const own = byLabel.get(map[k] as number) ?? [];
      own.push(value);
      byLabel.set(map[k] as number, own);
    }
    return byLabel;
  });
}

const mean = (values: readonly number[] = []) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[] = []) =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

let means: Model;

beforeAll(async () => {
  means = await fitted('label-mean');
});

describe('label-mean', () => {
  it("should paint each label with the mean of its pixels, in the column's own numbers", async () => {
    const expected = new Map<number, number[]>();
    const [slices, labels] = [readTensors(rows, 'slice'), readTensors(rows, 'labels')];
    for (const [k, label] of (labels.values as Uint8Array).entries()) {
      const own = expected.get(label) ?? [];
      own.push(Number(slices.values[k]));
      expected.set(label, own);
    }

    const made = await drawn(means);

    expect(made).toHaveLength(4);
    for (const slice of made) {
      for (const [label, values] of slice) {
        expect(new Set(values).size).toBe(1);
        expect(Math.abs((values[0] as number) - mean(expected.get(label)))).toBeLessThan(1);
      }
    }
  });

  it('should say that nothing was trained, and load as it was saved', async () => {
    const path = directory.fresh('model');
    await saveModel(means, path);

    const loaded = await loadModel(path);

    expect(means.manifest).toMatchObject({
      recipe: { name: 'label-mean', family: 'label' },
      training: { steps: 0, engine: 'none', rows: 12 },
      generator: { file: 'generator.onnx', rows: 1 },
    });
    expect(means.manifest.generator.holds).toBeUndefined();
    expect(Object.keys(modelFiles(means)).sort()).toEqual(['generator.onnx', 'model.json']);
    expect(await drawn(loaded)).toEqual(await drawn(means));
  });
});

describe('label-intensities', () => {
  it('should draw the mean of each label anew, as far from the learned one as images are', async () => {
    const model = await fitted({ base: 'label-intensities', noise: 0, blur: 0, biasField: 0 });

    const made = await drawn(model, headRows(40, 3));

    const [dark, bright] = [1, 2].map((label) => made.map((slice) => mean(slice.get(label))));
    expect(deviation(dark)).toBeGreaterThan(tissues[1].spread / 3);
    expect(deviation(dark)).toBeLessThan(tissues[1].spread * 2);
    expect(Math.abs(mean(dark) - tissues[1].mean)).toBeLessThan(tissues[1].spread);
    expect(mean(bright)).toBeGreaterThan(mean(dark));
    // Ground that is empty in every image stays empty.
    for (const slice of made) expect(new Set(slice.get(0))).toEqual(new Set([0]));
  });

  it("should give a label noise of its pixels' own deviation", async () => {
    const model = await fitted({ base: 'label-intensities', spread: 0, blur: 0, biasField: 0 });

    const made = await drawn(model);

    const within = mean(made.map((slice) => deviation(slice.get(2))));
    expect(within).toBeGreaterThan(0.7 * tissues[2].noise);
    expect(within).toBeLessThan(1.3 * tissues[2].noise);
  });

  it('should blur, so that nothing is brighter and edges are softer', async () => {
    const model = await fitted({
      base: 'label-intensities',
      spread: 0,
      noise: 0,
      biasField: 0,
      blur: 3,
    });

    const [blurred = new Map(), sharp = new Map()] = [
      (await drawn(model))[0],
      (await drawn(means))[0],
    ];

    expect(new Set(blurred.get(2)).size).toBeGreaterThan(3);
    expect(Math.max(...blurred.get(2))).toBeLessThanOrEqual(Math.max(...sharp.get(2)));
  });

  it('should multiply by a smooth field, which changes nothing where the image is 0', async () => {
    const model = await fitted({ base: 'label-intensities', spread: 0, noise: 0, blur: 0 });

    const [slice = new Map(), other = new Map()] = await drawn(model);

    expect(new Set(slice.get(0))).toEqual(new Set([0]));
    expect(deviation(slice.get(2))).toBeGreaterThan(0);
    expect(mean(slice.get(2))).not.toBe(mean(other.get(2)));
  });

  it('should take any contrast where it is told to, and leave empty ground empty', async () => {
    const model = await fitted({
      base: 'label-intensities',
      contrast: 'random',
      noise: 0,
      blur: 0,
    });

    const made = await drawn(model, headRows(40, 3));

    const isInverted = made.map((slice) => mean(slice.get(1)) > mean(slice.get(2)));
    expect(new Set(isInverted)).toEqual(new Set([true, false]));
    for (const slice of made) expect(new Set(slice.get(0))).toEqual(new Set([0]));
  });

  it('should be fitted on a stream, whose rows it keeps but for the slice', async () => {
    const options = {
      ratio: 0.5,
      recipe: 'label-intensities',
      mark: 'made',
      translate: { from: 'labels', to: 'slice' },
    } as const;

    const [out] = await collect(augmentBatches([rows], options));

    const all = exactRows([out as RecordBatch]);
    const others = (made: boolean) =>
      all.filter((row) => row.at(-1) === made).map(([patient, labels]) => [patient, labels]);
    expect(others(true)).toHaveLength(12);
    expect(others(true)).toEqual(others(false));
    expect(readProvenance(out?.schema.metadata ?? new Map())).toMatchObject([
      { recipe: 'label-intensities', derived: { source: 'labels', made: 'slice' } },
    ]);
  });

  it('should refuse images that are to be read, labels that are to be made, and training', async () => {
    const refused = (options: FitOptions) => expect(fitted('label-intensities', options)).rejects;

    await refused({ translate: { from: 'slice', to: 'labels' } }).toThrow(
      /'slice' must hold labels, and 'labels' images. Swap/,
    );
    await refused({ steps: 5 }).toThrow(/fit\.steps is for recipes that train a network/);
    await expect(fitted({ base: 'label-intensities', blur: -1 })).rejects.toThrow(
      /fit\.recipe\.blur/,
    );
  });
});
