import { type Data, Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, it, vi } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import { defaultDependencies } from '../../../src/augment/dependencies.js';
import type { AugmentEvent } from '../../../src/augment/events.js';
import type { AugmentOptions } from '../../../src/augment/options/augment-options.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { makeTensorColumn } from '../../../src/data/tensor/make.js';
import { readTensors } from '../../../src/data/tensor/read.js';
import { tensorField } from '../../../src/data/tensor/type.js';
import type { ArmComparison, ArmOptions } from '../../../src/evaluate/utility/arm.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { headRows } from '../support/heads.js';

const target = 'diagnosis';
const translate = { from: 'labels', to: 'slice' } as const;
const ours = { ratio: 0.5, translate, recipe: 'label-mean', mark: 'made' } as const;

/** Heads, every other of which is ill. */
function diagnosed(count: number): RecordBatch {
  const heads = headRows(count, 5);
  const texts = Array.from({ length: count }, (_, row) => (row % 2 === 0 ? 'ill' : 'well'));
  const schema = new Schema([...heads.schema.fields, new Field(target, new Utf8(), false)]);
  const column = vectorFromArray(texts, new Utf8()).data[0] as Data;
  return makeBatch(schema, [...heads.data.children, column], count);
}

/** Augments where each arm of the gate is said to gain so much, and keeps what the gate was shown. */
async function gated(rows: RecordBatch, gain: number, options: AugmentOptions) {
  const asked: ArmOptions[] = [];
  const compareArms = async (given: ArmOptions): Promise<ArmComparison> => {
    asked.push(given);
    const interval = { mean: gain, low: gain - 0.01, high: gain + 0.01 };
    const names = Object.keys(given.folds[0]?.synthetic ?? {});
    const arms = names.map((name) => [name, { gain: interval, measures: {} }] as const);
    return {
      task: 'classification',
      tested: 12,
      trainings: 3,
      real: {},
      arms: Object.fromEntries(arms),
      free: {},
    };
  };
  const events: AugmentEvent[] = [];
  const progress = (event: AugmentEvent) => events.push(event);
  const out = await collect(
    augmentWith({ ...defaultDependencies, compareArms }, asyncFrom([rows]), {
      ...options,
      progress,
    }),
  );
  const made = out.flatMap((batch) => [...(batch.getChild('made') ?? [])]).filter(Boolean).length;
  return { asked, made, verdict: events.find(({ type }) => type === 'gate') };
}

describe('a gate of derived rows', () => {
  it('should be shown what is made anew, of rows that no judge of it has seen', async () => {
    const { asked, made, verdict } = await gated(diagnosed(60), 0.05, {
      ...ours,
      gate: { target },
    });

    const [
      {
        real,
        folds: [fold],
      } = {} as ArmOptions,
    ] = asked;
    expect(real[0]?.schema.names).toEqual(['patient', 'slice', target]);
    const synthetic = fold?.synthetic['1'] ?? [];
    expect(synthetic[0]?.schema.names).toEqual(['patient', 'slice', target]);
    const names = (batches: readonly RecordBatch[]) =>
      batches.flatMap((batch) => [...(batch.getChild('patient') ?? [])]);
    const all = names(real);
    const learned = Array.from(fold?.train ?? [], (row) => all[row]);
    expect(names(synthetic)).toEqual(learned);
    expect(fold?.test).toHaveLength(60 - learned.length);
    for (const row of fold?.test ?? []) expect(names(synthetic)).not.toContain(all[row]);
    expect(verdict).toMatchObject({ verdict: 'helps', mixes: true, ratio: 0.5 });
    expect(made).toBe(60);
  });

  it('should measure and mix rows of the classes that have a ratio alone', async () => {
    const ratio = { column: target, classes: { ill: 0.5 } };

    const { asked, made } = await gated(diagnosed(60), 0.05, { ...ours, ratio, gate: { target } });

    const synthetic = asked[0]?.folds[0]?.synthetic['1'] ?? [];
    const classes = synthetic.flatMap((batch) => [...(batch.getChild(target) ?? [])]);
    expect(classes.length).toBeGreaterThan(10);
    expect(new Set(classes)).toEqual(new Set(['ill']));
    expect(made).toBe(30);
  });

  it('should let none in where they hurt', async () => {
    const { made, verdict } = await gated(diagnosed(60), -0.05, { ...ours, gate: { target } });

    expect(verdict).toMatchObject({ verdict: 'hurts', mixes: false });
    expect(made).toBe(0);
  });

  it('should look at the tensors that a model which is there makes', async () => {
    const rows = diagnosed(40);
    const options = { recipe: 'label-mean', translate, thread: 'caller' } as const;
    const model = await fitModel(rows.schema, [rows], options);

    const { asked, made } = await gated(rows, 0.05, {
      ...{ ratio: 0.5, model, mark: 'made' },
      gate: { target },
    });

    const [batch] = asked[0]?.folds[0]?.synthetic['1'] ?? [];
    const slices = readTensors(batch as RecordBatch, 'slice');
    expect(asked[0]?.real[0]?.schema.names).toEqual(['patient', 'slice', target]);
    expect(new Set(slices.at(0) as Int16Array).size).toBe(3);
    expect(made).toBe(40);
  });

  it('should be refused where it could not see them, before anything is trained', async () => {
    const labels = tensorField('labels', { element: 'uint8', shape: [5, 5, 1] });
    const bands = tensorField('bands', { element: 'float32', shape: [5, 5, 6] });
    const schema = new Schema([labels, bands, new Field(target, new Utf8(), false)]);
    const columns = [
      makeTensorColumn(
        labels,
        Uint8Array.from({ length: 250 }, (_, k) => k % 2),
      ),
      makeTensorColumn(
        bands,
        Float32Array.from({ length: 1500 }, (_, k) => k),
      ),
      diagnosed(10).data.children.at(-1) as Data,
    ];
    const rows = makeBatch(schema, columns, 10);
    const toBands = { from: 'labels', to: 'bands' } as const;
    const fit = vi.fn();
    const augment = (options: AugmentOptions) =>
      collect(
        augmentWith({ ...defaultDependencies, fit }, asyncFrom([rows]), {
          ...options,
          gate: { target },
        }),
      );

    await expect(augment({ ...ours, translate: toBands })).rejects.toThrow(
      /the gate cannot measure what is made anew in 'bands': .* 1 to 4 channels.*Leave gate out/,
    );
    expect(fit).not.toHaveBeenCalled();
    const options = { recipe: 'label-mean', translate: toBands, thread: 'caller' } as const;
    const model = await fitModel(schema, [rows], options);
    await expect(augment({ ratio: 0.5, model })).rejects.toThrow(/the gate cannot measure/);
  });
});
