import { type Data, Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../../src/augment/augment-batches.js';
import { readProvenance } from '../../../../../src/augment/provenance/provenance.js';
import { translateBatches } from '../../../../../src/augment/translate-batches.js';
import { makeBatch } from '../../../../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../../../../src/data/tensor/make.js';
import { readTensors } from '../../../../../src/data/tensor/read.js';
import { tensorField } from '../../../../../src/data/tensor/type.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import type { FitOptions } from '../../../../../src/gan/fit/options.js';
import { loadModel, saveModel } from '../../../../../src/gan/model/directory.js';
import { modelFiles } from '../../../../../src/gan/model/files.js';
import type { Model } from '../../../../../src/gan/model/model.js';
import type { TrainingEvent } from '../../../../../src/gan/training/events.js';
import { createRandom } from '../../../../../src/random.js';
import { collect } from '../../../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../../../data/support/directory.js';

const directory = useDirectory();

/** Scanner, patient and mark of each row. */
const namesOf = (batches: readonly RecordBatch[]) =>
  batches.flatMap((batch) =>
    batch.toArray().map(({ scanner, patient, made }) => [scanner, patient, made]),
  );
const side = 8;
const image = tensorField('image', { element: 'uint8', shape: [side, side, 1] });
const schema = new Schema([
  new Field('scanner', new Utf8(), true),
  new Field('patient', new Utf8(), false),
  image,
]);

/** Squares on dark ground from scanner A, and of others on brighter ground from B. */
function scans(scanners: readonly (string | null)[]): RecordBatch {
  const random = createRandom('scans');
  const pixels = new Uint8Array(scanners.length * side * side);
  for (const [row, scanner] of scanners.entries()) {
    const [top, left] = [random.integer(side - 3), random.integer(side - 3)];
    for (let k = 0; k < side * side; k++) {
      const [y, x] = [Math.floor(k / side) - top, (k % side) - left];
      const isInside = y >= 0 && y < 3 && x >= 0 && x < 3;
      pixels[row * side * side + k] = (isInside ? 100 : 10) + (scanner === 'B' ? 120 : 0);
    }
  }
  const text = (values: readonly (string | null)[]) =>
    vectorFromArray([...values], new Utf8()).data[0] as Data;
  const columns = [
    text(scanners),
    text(scanners.map((_, row) => `patient ${row}`)),
    makeTensorColumn(image, pixels),
  ];
  return makeBatch(schema, columns, scanners.length);
}

const rows = scans(Array.from({ length: 40 }, (_, row) => (row % 2 === 0 ? 'A' : 'B')));
const few = scans(['A', 'B', null, 'A', 'A', 'C', 'B', 'A']);
const small = { filters: 2, criticFilters: 2, patch: 16, blocks: 1 } as const;
const cycle = { base: 'cyclegan', ...small, history: 4 } as const;
const translate = { column: 'image', domain: 'scanner', to: 'B' } as const;

const train = (options: FitOptions = {}) =>
  fitModel(schema, [rows], { recipe: cycle, translate, steps: 3, thread: 'caller', ...options });

let model: Model;
beforeAll(async () => {
  model = await train();
});

describe('a translation between domains', () => {
  it('should make rows of the other domain alone, at the exact share of those that can be', async () => {
    const out = await collect(augmentBatches([few], { ratio: 0.5, model, mark: 'made' }));

    const made = namesOf(out).filter((row) => row[2]);
    expect(made).toEqual([0, 3, 4, 7].map((row) => ['B', `patient ${row}`, true]));
    expect(readProvenance(out[0]?.schema.metadata ?? new Map())).toMatchObject([
      {
        recipe: 'cyclegan',
        derived: { made: 'image', domain: { column: 'scanner', from: 'A', to: 'B' } },
      },
    ]);
  });

  it('should train on a stream, and translate what it sees', async () => {
    const fit = { steps: 2, thread: 'caller' } as const;
    const options = { ratio: 0.5, recipe: cycle, translate, fit, mark: 'made' };

    const out = await collect(augmentBatches([rows], options));

    const made = namesOf(out).filter((row) => row[2]);
    expect(made).toHaveLength(20);
    expect(new Set(made.map(([scanner]) => scanner))).toEqual(new Set(['B']));
  });

  it('should be saved with both directions, and turned round', async () => {
    const path = directory.fresh('model');
    await saveModel(model, path);
    const loaded = await loadModel(path);
    const back = { ...translate, to: 'A' };

    const [forth, other] = [
      await collect(translateBatches(loaded, [few])),
      await collect(translateBatches(loaded, [few], { translate: back })),
    ];

    expect(Object.keys(modelFiles(loaded)).sort()).toEqual([
      'generator.onnx',
      'model.json',
      'reverse.onnx',
    ]);
    expect(namesOf(forth).map(([scanner]) => scanner)).toEqual(['B', 'B', 'B', 'B']);
    expect(namesOf(other).map(([scanner, patient]) => [scanner, patient])).toEqual([
      ['A', 'patient 1'],
      ['A', 'patient 6'],
    ]);
  });

  it('should go on from a checkpoint, history and all, to the same bits', async () => {
    const checkpoint = directory.fresh('checkpoint');
    const steps = 260;
    const stopped = new AbortController();
    const stop = ({ type }: TrainingEvent) => {
      if (type === 'checkpoint') stopped.abort();
    };
    const whole = modelFiles(await train({ steps }));

    await train({ steps, checkpoint, onEvent: stop, signal: stopped.signal }).catch(() => {});
    const resumed = await train({ steps, checkpoint, resume: true });

    expect(modelFiles(resumed)).toEqual(whole);
  });

  it.each(['cut', 'cyclegan'] as const)(
    'should make images like those of the domain: %s',
    async (base) => {
      const recipe = { base, ...small, filters: 4, criticFilters: 4 };
      const rate = { kind: 'adam', learningRate: 2e-3, betas: [0.5, 0.999] } as const;

      const trained = await train({
        recipe: { ...recipe, generatorOptimizer: rate, criticOptimizer: rate },
        steps: 400,
        keep: 'last',
      });

      const [made] = await collect(translateBatches(trained, [few]));
      const { values } = readTensors(made as RecordBatch, 'image');
      const mean =
        Array.from(values as Uint8Array).reduce((sum, each) => sum + each, 0) / values.length;
      // The means are 23 of A, and 143 of B.
      expect(mean).toBeGreaterThan(100);
      expect(mean).toBeLessThan(190);
    },
  );

  it('should refuse domains that are not there, or are not said', async () => {
    const refused = (to: string, data = rows) =>
      expect(
        fitModel(schema, [data], {
          recipe: cycle,
          translate: { ...translate, to },
          thread: 'caller',
        }),
      ).rejects;

    await refused('D').toThrow(/a domain that column 'scanner' does not have: 'D'.*A, B/);
    await refused('B', few).toThrow(/translate\.from is missing: column 'scanner' has 3 domains/);
    await refused('C', scans(['A', 'A', 'C'])).toThrow(
      /at least 2 images of each domain.*1 of 'C'/,
    );
    const cut = await train({ recipe: { base: 'cut', ...small, places: 8 } });
    await expect(
      collect(translateBatches(cut, [few], { translate: { ...translate, to: 'A' } })),
    ).rejects.toThrow(/translates 'A' to 'B' alone.*cyclegan/);
  });
});
