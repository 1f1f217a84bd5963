import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Field,
  Float64,
  Int64,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../../../../src/data/batches/batch.js';
import { InvalidOptionError, ModelError } from '../../../../../../src/errors.js';
import { fitModel } from '../../../../../../src/gan/fit/fit.js';
import type { FitOptions } from '../../../../../../src/gan/fit/options.js';
import { loadModel, saveModel } from '../../../../../../src/gan/model/directory.js';
import { modelFiles } from '../../../../../../src/gan/model/files.js';
import type { Model } from '../../../../../../src/gan/model/model.js';
import type { TrainingEvent } from '../../../../../../src/gan/training/events.js';
import { createRandom } from '../../../../../../src/random.js';
import { collect } from '../../../../../data/support/arbitrary-batches.js';
import { secret } from './small-private.js';

const rows = 600;
const random = createRandom('private family');
const schema = new Schema([
  new Field('kind', new Utf8(), false),
  new Field('amount', new Int64(), true),
  new Field('ratio', new Float64(), false),
  new Field('name', new Utf8(), true),
]);
const batch = makeBatch(
  schema,
  [
    vectorFromArray(
      Array.from({ length: rows }, (_, row) =>
        row === 5 ? 'of one row' : 'ab'[random.integer(2)],
      ),
      new Utf8(),
    ),
    vectorFromArray(
      Array.from({ length: rows }, () =>
        random.uniform() < 0.3 ? null : BigInt(random.integer(50)),
      ),
      new Int64(),
    ),
    vectorFromArray(
      Array.from({ length: rows }, () => random.uniform()),
      new Float64(),
    ),
    vectorFromArray(
      Array.from({ length: rows }, (_, row) => `name ${row}`),
      new Utf8(),
    ),
  ].map(({ data }) => data[0] as never),
  rows,
);

const recipe = {
  base: 'dp-tabular',
  generator: [16],
  critic: [16],
  latent: 8,
  batch: 50,
  sampleRate: 0.1,
  criticUpdates: 2,
} as const;
const columns = { amount: { range: [0, 49] }, ratio: { range: [0, 1] } } as const;
const options: FitOptions = {
  steps: 3,
  thread: 'caller',
  recipe,
  columns,
  privacy: { epsilon: 5, delta: 1e-5, secret },
};

let directory: string;
let model: Model;
const events: TrainingEvent[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-private-'));
  const onEvent = (event: TrainingEvent) => events.push(event);
  model = await fitModel(schema, [batch], { ...options, onEvent });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('a model that promises privacy', () => {
  it('should say what was spent, and no more than was promised', () => {
    const { privacy, rows: told, fingerprint } = model.manifest.training;

    expect(privacy?.epsilon).toBeLessThanOrEqual(5);
    expect(privacy?.epsilon).toBeGreaterThan(4.9);
    expect(privacy).toMatchObject({
      delta: 1e-5,
      unit: 'row',
      // The rows' number, two levels, two ranges of one and two cuts.
      histograms: { count: 6 },
      // Of four columns.
      pairs: { count: 6 },
      updates: { count: 3 * recipe.criticUpdates, sampleRate: 0.1 },
    });
    expect(told).not.toBe(rows);
    expect(Math.abs(told - rows)).toBeLessThan(100);
    expect(fingerprint).toBeUndefined();
    expect(model.manifest.summary).toBeUndefined();
  });

  it('should hold no value that one row alone has', () => {
    const files = Object.values(modelFiles(model)).map((bytes) => Buffer.from(bytes));

    for (const value of ['of one row', 'name 17', secret]) {
      expect(
        files.some((file) => file.includes(value)),
        value,
      ).toBe(false);
    }
    expect(files.some((file) => file.includes('"a"'))).toBe(true);
  });

  it('should be saved, load and make rows, also such that are asked for', async () => {
    const path = join(directory, 'model');
    await saveModel(model, path);

    const loaded = await loadModel(path);
    const made = (await collect(sampleBatches(loaded, { rows: 100, seed: 3 }))) as RecordBatch[];
    const where = { kind: 'b', amount: 7 };
    const asked = await collect(sampleBatches(loaded, { rows: 20, seed: 3, where }));

    expect(loaded.manifest.training.privacy).toEqual(model.manifest.training.privacy);
    const cells = made.flatMap((each) => each.toArray().map((row) => row?.toJSON()));
    expect(cells).toHaveLength(100);
    for (const cell of cells) {
      expect(['a', 'b']).toContain(cell?.kind);
      expect(Number(cell?.amount ?? 0)).toBeLessThanOrEqual(49);
      expect(cell?.ratio).toBeGreaterThanOrEqual(0);
      expect(cell?.ratio).toBeLessThanOrEqual(1);
      expect(cell?.name).toBeNull();
    }
    const wanted = asked.flatMap((each) => each.toArray().map((row) => row?.toJSON()));
    expect(wanted.every((cell) => cell?.kind === 'b' && cell?.amount === 7n)).toBe(true);
    const far = sampleBatches(loaded, { rows: 1, where: { amount: 50 } });
    await expect(collect(far)).rejects.toThrow(/It had 0 to 49/);
  });

  it('should come again by the same secret, and not without one', async () => {
    const again = await fitModel(schema, [batch], options);
    const fresh = { ...options, privacy: { epsilon: 5, delta: 1e-5 } };
    const [one, other] = [
      await fitModel(schema, [batch], fresh),
      await fitModel(schema, [batch], fresh),
    ];

    expect(again.id).toBe(model.id);
    expect(one.id).not.toBe(other.id);
    expect(one.manifest.training.privacy?.epsilon).toBe(model.manifest.training.privacy?.epsilon);
  });

  it('should draw other noise for other rows by the same secret', async () => {
    const fewer = makeBatch(
      schema,
      batch.data.children.map((data) => data.slice(0, rows - 1)),
      rows - 1,
    );

    const other = await fitModel(schema, [fewer], options);

    // One row less, and the noise of its number is another one.
    expect(other.manifest.training.rows).not.toBe(model.manifest.training.rows - 1);
  });

  it('should tell of columns what the model says, and of rows nothing', () => {
    expect(events.filter(({ type }) => type === 'column')).toEqual([
      expect.objectContaining({ column: 'name', becomes: 'null' }),
    ]);
    expect(events.filter(({ type }) => type === 'held-back' || type === 'score')).toEqual([]);
  });

  it('should go on from a checkpoint to the same bits, and not spend more than was promised', async () => {
    const checkpoint = join(directory, 'checkpoint');
    const kept = { ...options, steps: 3, checkpoint };
    await fitModel(schema, [batch], kept);
    expect((await stat(checkpoint)).size).toBeGreaterThan(0);

    const resumed = await fitModel(schema, [batch], { ...kept, resume: true });

    expect(resumed.id).toBe(model.id);
    const more = [
      { steps: 6 },
      { privacy: { epsilon: 6, delta: 1e-5, secret } },
      { privacy: { epsilon: 5, delta: 1e-5, secret: `another ${secret}` } },
    ];
    for (const change of more) {
      await expect(fitModel(schema, [batch], { ...kept, ...change, resume: true })).rejects.toThrow(
        ModelError,
      );
    }
  });

  it.each([
    ['a recipe that cannot', { recipe: 'tabular' }, InvalidOptionError, /'tabular' cannot promise/],
    [
      'a recipe of packs',
      { recipe: { ...recipe, pack: 10 } },
      InvalidOptionError,
      /no option 'pack'/,
    ],
    ['the best state', { keep: 'best' }, InvalidOptionError, /fit.keep.*seen by rows/],
    ['patience', { patience: 3 }, InvalidOptionError, /fit.patience/],
    ['rules', { rules: true }, InvalidOptionError, /fit.rules/],
    [
      'a checkpoint without a secret',
      { checkpoint: 'x', privacy: { epsilon: 1, delta: 1e-5 } },
      InvalidOptionError,
      /needs fit.privacy.secret/,
    ],
    ['epsilon alone', { privacy: { epsilon: 1 } }, InvalidOptionError, /needs fit.privacy.delta/],
    ['delta alone', { privacy: { delta: 1e-5 } }, InvalidOptionError, /needs fit.privacy.epsilon/],
    [
      'rare levels',
      { privacy: { epsilon: 1, delta: 1e-5, rareLevels: 3 } },
      InvalidOptionError,
      /rareLevels/,
    ],
    [
      'a short secret',
      { privacy: { epsilon: 1, delta: 1e-5, secret: 'x' } },
      InvalidOptionError,
      /at least 32/,
    ],
    [
      'a delta for all rows',
      { privacy: { epsilon: 1, delta: 0.1 } },
      InvalidOptionError,
      /well below one over/,
    ],
    [
      'no promise',
      { privacy: undefined, columns: {} },
      InvalidOptionError,
      /promises privacy, and needs/,
    ],
    [
      'ranges without a promise',
      { privacy: undefined, recipe: 'tabular' },
      InvalidOptionError,
      /columns.amount.range is for/,
    ],
  ] as const)('should be refused with %s', async (_, change, kind, problem) => {
    const fitting = fitModel(schema, [batch], { ...options, ...change } as FitOptions);

    await expect(fitting).rejects.toThrow(kind);
    await expect(fitting).rejects.toThrow(problem);
  });
});
