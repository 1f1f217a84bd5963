import type { RecordBatch } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../../src/augment/augment-batches.js';
import { drawImages } from '../../../../../src/augment/draw-images.js';
import { sampleBatches } from '../../../../../src/augment/sample-batches.js';
import { sliceBatch } from '../../../../../src/data/batches/interleave.js';
import { readTensors } from '../../../../../src/data/tensor/read.js';
import { InvalidOptionError, SchemaError } from '../../../../../src/errors.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import { modelFiles, modelFromFiles } from '../../../../../src/gan/model/files.js';
import { hastyModel, penguins } from '../../../../augment/penguins.js';
import { asyncFrom, collect } from '../../../../data/support/arbitrary-batches.js';
import { exactRows } from '../../../../data/support/exact.js';
import { imagesTable } from '../images-table.js';

const fit = { steps: 2, thread: 'caller' } as const;
const recipe = { base: 'dcgan', widthMultiplier: 1 / 32, latent: 4, batch: 8 } as const;

/** The synthetic rows of an augmented stream. */
async function synthetic(batch: RecordBatch, options: object) {
  const augmented = augmentBatches(asyncFrom([batch]), {
    ratio: 0.5,
    mark: 'made',
    placement: 'append',
    fit,
    recipe,
    ...options,
  });
  const [first] = (await collect(augmented)) as [RecordBatch];
  return { all: first, made: sliceBatch(first, batch.numRows, first.numRows) };
}

const textsOf = (batch: RecordBatch, column: string) => [...(batch.getChild(column) ?? [])];

describe('images in a stream', () => {
  it('should be followed by synthetic ones with labels, in the type and range of their column', async () => {
    const batch = imagesTable(20);

    const { all, made } = await synthetic(batch, { target: 'label' });

    const { element, shape, values, rows } = readTensors(made, 'image');
    expect([rows, element, shape]).toEqual([20, 'uint8', [6, 5, 3]]);
    expect(Math.min(...(values as Uint8Array))).toBeGreaterThanOrEqual(10);
    expect(Math.max(...(values as Uint8Array))).toBeLessThanOrEqual(200);
    expect(new Set(values as Uint8Array).size).toBeGreaterThan(1);
    expect(new Set(textsOf(made, 'label'))).toEqual(new Set(['cat', 'dog']));
    expect(textsOf(made, 'note')).toEqual(Array(20).fill(null));
    const real = exactRows([sliceBatch(all, 0, 20)]).map((row) => row.slice(0, 3));
    expect(real).toEqual(exactRows([batch]));
  });

  it('should take floats, grey images without channels, and channels first', async () => {
    for (const shape of [
      [6, 5],
      [3, 6, 5],
    ]) {
      const batch = imagesTable(12, { element: 'float32', shape });

      const { made } = await synthetic(batch, { target: 'label' });

      const tensors = readTensors(made, 'image');
      expect([tensors.element, tensors.shape]).toEqual(['float32', shape]);
      expect((tensors.values as Float32Array).every((x) => x >= 10 && x <= 200)).toBe(true);
    }
  });

  it('should be made alike by a saved model, whatever was sampled before', async () => {
    const batch = imagesTable(20);
    const model = await fitModel(batch.schema, [batch], { ...fit, recipe, target: 'label' });

    const files = modelFiles(model);
    const loaded = await modelFromFiles(async (name) => files[name] as Uint8Array, 'model');

    const [before, after] = [
      await collect(sampleBatches(model, { rows: 300, seed: 3 })),
      await collect(sampleBatches(loaded, { rows: 300, seed: 3 })),
    ];
    expect(exactRows(after)).toEqual(exactRows(before));
    expect(model.manifest.recipe).toMatchObject({ name: 'dcgan', family: 'image' });
    expect(model.manifest.training.target).toBe('label');
  });

  it('should have labels at their own frequency', async () => {
    const batch = imagesTable(40);
    const model = await fitModel(batch.schema, [batch], { ...fit, recipe, target: 'label' });

    const [made] = await collect(sampleBatches(model, { rows: 2000, seed: 1 }));

    const cats = textsOf(made as RecordBatch, 'label').filter((label) => label === 'cat').length;
    expect(cats / 2000).toBeGreaterThan(0.21);
    expect(cats / 2000).toBeLessThan(0.29);
  });

  it('should have the labels that are wished for, all or balanced', async () => {
    const batch = imagesTable(40);
    const model = await fitModel(batch.schema, [batch], { ...fit, recipe, target: 'label' });
    const labelsOf = async (conditions: object) => {
      const [made] = await collect(sampleBatches(model, { rows: 200, ...conditions }));
      return textsOf(made as RecordBatch, 'label');
    };

    const cats = await labelsOf({ where: { label: 'cat' } });
    const even = await labelsOf({ balance: 'label' });

    expect(new Set(cats)).toEqual(new Set(['cat']));
    expect(even.filter((label) => label === 'cat').length).toBeGreaterThan(95);
    expect(even.filter((label) => label === 'cat').length).toBeLessThan(105);
    await expect(labelsOf({ where: { label: 'cow' } })).rejects.toThrow(/not in the data/);
  });

  it('should be refused before any training when asked for by a label that no image has', async () => {
    const steps: number[] = [];
    const onStep = ({ step }: { step: number }) => steps.push(step);
    const options = { target: 'label', where: { label: 'cow' }, fit: { ...fit, onStep } };

    const act = synthetic(imagesTable(20), options);

    await expect(act).rejects.toThrow(InvalidOptionError);
    await expect(act).rejects.toThrow('not in the data');
    expect(steps).toEqual([]);
  });

  it('should be drawn side by side, and as walks from one to another', async () => {
    const batch = imagesTable(20);
    const model = await fitModel(batch.schema, [batch], { ...fit, recipe, target: 'label' });

    const grid = await drawImages(model, { rows: 9, seed: 2 });
    const walks = await drawImages(model, { rows: 8, columns: 4, interpolate: true });

    expect([grid.width, grid.height, grid.channels]).toEqual([3 * 5 + 2 * 2, 3 * 6 + 2 * 2, 3]);
    expect(grid.madeBy).toEqual({ model: model.id, recipe: 'dcgan' });
    expect([walks.width, walks.height]).toEqual([4 * 5 + 3 * 2, 2 * 6 + 2]);
    expect(new Set(grid.pixels).size).toBeGreaterThan(1);
    const all = await penguins();
    await expect(drawImages(await hastyModel(all), { rows: 4 })).rejects.toThrow(/makes no images/);
  });

  it('should give the same model on a thread of its own', async () => {
    const batch = imagesTable(10);
    const options = { steps: 1, recipe, target: 'label' } as const;

    const models = [
      await fitModel(batch.schema, [batch], { ...options, thread: 'worker' }),
      await fitModel(batch.schema, [batch], { ...options, thread: 'caller' }),
    ];

    expect(models[0]?.id).toBe(models[1]?.id);
  });

  it('should refuse columns, targets and recipes that do not suit each other', async () => {
    const batch = imagesTable(12);
    const strict = imagesTable(12, undefined, { noteNullable: false });
    const fitting = (of: RecordBatch, options: object) =>
      fitModel(of.schema, [of], { ...fit, recipe, ...options });

    await expect(fitting(batch, {})).rejects.toThrow(SchemaError);
    await expect(fitting(batch, {})).rejects.toThrow(
      /'label' is not learned beside images.*target/,
    );
    await expect(fitting(strict, { target: 'label' })).rejects.toThrow(/'note' is not learned/);
    await expect(fitting(batch, { target: 'image' })).rejects.toThrow(/must name labels/);
    await expect(fitting(batch, { recipe: 'cgan' })).rejects.toThrow(InvalidOptionError);
    await expect(fitting(batch, { recipe: 'cgan' })).rejects.toThrow(/fit\.target is missing/);
  });
});
