import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { translateBatches } from '../../../../src/augment/translate-batches.js';
import { decodeImage } from '../../../../src/data/images/decode.js';
import { readTensors } from '../../../../src/data/tensor/read.js';
import { SchemaError } from '../../../../src/errors.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import type { FitOptions } from '../../../../src/gan/fit/options.js';
import { loadModel, saveModel } from '../../../../src/gan/model/directory.js';
import { modelFiles } from '../../../../src/gan/model/files.js';
import type { Model } from '../../../../src/gan/model/model.js';
import type { TrainingEvent } from '../../../../src/gan/training/events.js';
import {
  hastyPairModel,
  pairRows,
  pairSchema,
  side,
  smallPix2pix,
} from '../../../augment/support/translating.js';
import { collect } from '../../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../../data/support/directory.js';
import { exactRows } from '../../../data/support/exact.js';

const directory = useDirectory();
const rows = pairRows(6);

let model: Model;

beforeAll(async () => {
  model = await hastyPairModel();
});

const translated = async (by: Model, seed = 1) => collect(translateBatches(by, [rows], { seed }));

const train = (options: FitOptions) =>
  fitModel(pairSchema, [pairRows(24)], {
    recipe: smallPix2pix,
    translate: { from: 'labels', to: 'slice' },
    steps: 2,
    thread: 'caller',
    ...options,
  });

describe('pix2pix', () => {
  it('should get nearer to the truth, in numbers of the column within its own range', async () => {
    const scores: number[] = [];
    const onEvent = (event: TrainingEvent) => {
      if (event.type === 'score') scores.push(event.score);
    };

    const trained = await train({ recipe: { ...smallPix2pix, filters: 6 }, steps: 500, onEvent });

    expect(scores).toHaveLength(2);
    expect(scores[1]).toBeGreaterThan(0.5);
    const [made] = await translated(trained);
    const [slices, truth] = [readTensors(made as RecordBatch, 'slice'), readTensors(rows, 'slice')];
    expect(slices.element).toBe('int16');
    const numbers = Array.from(slices.values as Int16Array);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(2000);
    const away = numbers.map((value, k) => Math.abs(value - Number(truth.values[k])));
    expect(away.reduce((sum, each) => sum + each, 0) / away.length).toBeLessThan(200);
  });

  it('should keep of the data no column but the two, and load as it was saved', async () => {
    const path = directory.fresh('model');
    await saveModel(model, path);

    const loaded = await loadModel(path);

    expect(loaded.schema.names).toEqual(['labels', 'slice']);
    expect(loaded.manifest.generator.rows).toBe(1);
    expect(exactRows(await translated(loaded))).toEqual(exactRows(await translated(model)));
  });

  it('should be the same on a thread of its own, and after a stop', async () => {
    const checkpoint = directory.fresh('checkpoint');
    const steps = 300;
    const whole = modelFiles(await train({ steps }));
    const stopped = new AbortController();
    const stop = ({ type }: TrainingEvent) => {
      if (type === 'checkpoint') stopped.abort();
    };
    await train({ steps, checkpoint, onEvent: stop, signal: stopped.signal }).catch(() => {});
    const events: TrainingEvent[] = [];
    const onEvent = (event: TrainingEvent) => events.push(event);

    const resumed = await train({ steps, checkpoint, resume: true, onEvent });
    const elsewhere = await train({ steps, thread: 'worker' });

    expect(events[0]).toEqual({ type: 'resumed', step: 250 });
    expect(modelFiles(resumed)).toEqual(whole);
    expect(modelFiles(elsewhere)).toEqual(whole);
  });

  it('should draw what goes in, what is made of it, and the truth', async () => {
    const pictures = directory.fresh('pictures');

    await train({ pictures });

    const [name = ''] = (await readdir(pictures)).filter((each) => each.startsWith('step-'));
    const { width, height } = await decodeImage(await readFile(join(pictures, name)), name);
    // Of 24 pairs 3 are held out.
    expect([width, height]).toEqual([3 * side + 4, 3 * side + 4]);
  });

  it('should make labels that it has seen from images', async () => {
    const back = await hastyPairModel({ translate: { from: 'slice', to: 'labels' } });

    const [made] = await translated(back);

    const labels = readTensors(made as RecordBatch, 'labels');
    expect(labels.rows).toBe(6);
    for (const label of labels.values) expect([0, 1, 2]).toContain(label);
  });

  it('should refuse columns that are no pair', async () => {
    await expect(train({ translate: { from: 'labels', to: 'sliec' } })).rejects.toThrow(
      /column is not in the data, and translate names it: 'sliec'/,
    );
    await expect(train({ translate: { from: 'labels', to: 'name' } })).rejects.toThrow(SchemaError);
    await expect(train({ recipe: { ...smallPix2pix, patch: 34 } })).rejects.toThrow(
      /fit\.recipe\.patch 34 needs images of at least 12 pixels: 8 × 8/,
    );
  });

  it('should refuse a recipe without a translation, and a translation without such a recipe', async () => {
    const refused = (options: FitOptions) => expect(train(options)).rejects;

    await refused({ translate: undefined }).toThrow(/recipe 'pix2pix' makes rows from real ones/);
    await refused({ recipe: 'ctgan' }).toThrow(/recipe 'ctgan' does not translate.*pix2pix/);
    await refused({ target: 'id' }).toThrow(/'translate' and 'target' exclude each other/);
  });

  it('should refuse labels that it has not seen', async () => {
    const strange = pairRows(2);
    (readTensors(strange, 'labels').values as Uint8Array)[3] = 9;

    await expect(collect(translateBatches(model, [strange]))).rejects.toThrow(
      /column 'labels' has a label that the model was not trained on: 9. It knows 0, 1, 2/,
    );
  });
});
