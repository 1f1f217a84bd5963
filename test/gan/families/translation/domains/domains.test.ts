import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../../src/augment/augment-batches.js';
import { readProvenance } from '../../../../../src/augment/provenance/provenance.js';
import { translateBatches } from '../../../../../src/augment/translate-batches.js';
import { readTensors } from '../../../../../src/data/tensor/read.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import { loadModel, saveModel } from '../../../../../src/gan/model/directory.js';
import { modelFiles } from '../../../../../src/gan/model/files.js';
import type { Model } from '../../../../../src/gan/model/model.js';
import type { TrainingEvent } from '../../../../../src/gan/training/events.js';
import {
  bothScanners,
  hastyDomainModel,
  scans,
  scansSchema,
  smallCut,
  smallCycle,
  toScannerB,
} from '../../../../augment/support/scans.js';
import { collect } from '../../../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../../../data/support/directory.js';

const directory = useDirectory();

/** Scanner, patient and mark of each row. */
const namesOf = (batches: readonly RecordBatch[]) =>
  batches.flatMap((batch) =>
    batch.toArray().map(({ scanner, patient, made }) => [scanner, patient, made]),
  );
const few = scans(['A', 'B', null, 'A', 'A', 'C', 'B', 'A']);

let model: Model;
beforeAll(async () => {
  model = await hastyDomainModel();
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
    const options = { ratio: 0.5, recipe: smallCycle, translate: toScannerB, fit, mark: 'made' };

    const out = await collect(augmentBatches([bothScanners], options));

    const made = namesOf(out).filter((row) => row[2]);
    expect(made).toHaveLength(20);
    expect(new Set(made.map(([scanner]) => scanner))).toEqual(new Set(['B']));
  });

  it('should be saved with both directions, and turned round', async () => {
    const path = directory.fresh('model');
    await saveModel(model, path);
    const loaded = await loadModel(path);
    const back = { ...toScannerB, to: 'A' };

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
    const whole = modelFiles(await hastyDomainModel({ steps }));

    await hastyDomainModel({ steps, checkpoint, onEvent: stop, signal: stopped.signal }).catch(
      () => {},
    );
    const resumed = await hastyDomainModel({ steps, checkpoint, resume: true });

    expect(modelFiles(resumed)).toEqual(whole);
  });

  it.each(['cut', 'cyclegan'] as const)(
    'should make images like those of the domain: %s',
    async (base) => {
      const small = base === 'cut' ? smallCut : smallCycle;
      const recipe = { ...small, filters: 4, criticFilters: 4 };
      const rate = { kind: 'adam', learningRate: 2e-3, betas: [0.5, 0.999] } as const;

      const trained = await hastyDomainModel({
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
    const refused = (to: string, data = bothScanners) =>
      expect(
        fitModel(scansSchema, [data], {
          recipe: smallCycle,
          translate: { ...toScannerB, to },
          thread: 'caller',
        }),
      ).rejects;

    await refused('D').toThrow(/a domain that column 'scanner' does not have: 'D'.*A, B/);
    await refused('B', few).toThrow(/translate\.from is missing: column 'scanner' has 3 domains/);
    await refused('C', scans(['A', 'A', 'C'])).toThrow(
      /at least 2 images of each domain.*1 of 'C'/,
    );
    const cut = await hastyDomainModel({ recipe: smallCut });
    await expect(
      collect(translateBatches(cut, [few], { translate: { ...toScannerB, to: 'A' } })),
    ).rejects.toThrow(/translates 'A' to 'B' alone.*cyclegan/);
  });
});
