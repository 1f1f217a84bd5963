import { Field, Int32, type RecordBatch, Schema, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { concatenateBatches, sliceBatch } from '../../../src/data/batches/interleave.js';
import { SchemaError } from '../../../src/errors.js';
import { measureLift } from '../../../src/evaluate/utility/measure-lift.js';
import { expectedBatches } from '../expected/tables.js';
import { select, stripesTable } from '../image/stripes-table.js';

const seeds = [1];

async function tables() {
  const read = async (name: 'real' | 'synthetic' | 'holdout') => {
    const batches = await expectedBatches(name);
    return concatenateBatches((batches[0] as RecordBatch).schema, batches);
  };
  return {
    real: await read('real'),
    synthetic: await read('synthetic'),
    holdout: await read('holdout'),
  };
}

describe('measureLift', () => {
  it('should give the same plain report twice', async () => {
    const options = { ...(await tables()), target: 'label', seeds };

    const [first, second] = [await measureLift(options), await measureLift(options)];

    expect(second).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(first).toMatchObject({ task: 'classification', positive: 'yes', model: 'boosting' });
    expect(first.rows).toEqual({ real: 400, synthetic: 300, holdout: 200 });
  });

  it('should gain the same where synthetic rows are not trained on alone', async () => {
    const options = { ...(await tables()), target: 'label', seeds };

    const [all, fewer] = [
      await measureLift(options),
      await measureLift({ ...options, alone: false }),
    ];

    expect(fewer).toEqual({ ...all, trainedOn: { ...all.trainedOn, synthetic: {} } });
  });

  it('should find that more rows of the same source help where there are few', async () => {
    const { real, holdout } = await tables();
    const [few, more] = [sliceBatch(real, 0, 60), sliceBatch(real, 60)];

    const lift = await measureLift({ real: few, synthetic: more, holdout, target: 'price', seeds });

    expect(lift).toMatchObject({ task: 'regression', measure: 'r2', verdict: 'helps' });
    expect(lift.lift.r2?.low).toBeGreaterThan(0);
  });

  it('should find that rows whose target has nothing to do with the rest hurt', async () => {
    const { real, holdout } = await tables();
    const rotated = sliceBatch(real, 200);
    const target = real.schema.fields.findIndex(({ name }) => name === 'price');
    const wrong = Object.assign(sliceBatch(real, 0, 200), {});
    wrong.data.children[target] = rotated.data.children[target] as never;

    const lift = await measureLift({ real, synthetic: wrong, holdout, target: 'price', seeds });

    expect(lift.verdict).toBe('hurts');
  });

  it('should find no clear difference in a copy of a few rows', async () => {
    const { real, holdout } = await tables();
    const copy = sliceBatch(real, 0, 5);

    const lift = await measureLift({ real, synthetic: copy, holdout, target: 'label', seeds });

    expect(lift.verdict).toBe('no clear difference');
  });

  it('should score several classes by macro-F1', async () => {
    const { real, synthetic, holdout } = await tables();
    const all = { real, synthetic, holdout };

    const lift = await measureLift({ ...all, target: 'level', seeds });

    expect(lift.measure).toBe('macroF1');
    expect(Object.keys(lift.lift)).toEqual([
      'macroF1',
      'accuracy',
      'rocAuc',
      'averagePrecision',
      'logLoss',
    ]);
  });

  it('should find more of a rare class where classes weigh alike', async () => {
    const { real, synthetic, holdout } = await tables();
    const all = { real, synthetic, holdout, target: 'label', seeds };

    const lift = await measureLift({ ...all, model: 'linear', reweighted: true });

    const { real: plain, reweighted } = lift.trainedOn;
    expect(reweighted?.f1?.mean).toBeGreaterThan(plain.f1?.mean ?? 1);
    expect(reweighted?.accuracy?.mean).toBeLessThan(plain.accuracy?.mean ?? 0);
  });

  it('should refuse a target that is no column, and suggest one', async () => {
    const lift = measureLift({ ...(await tables()), target: 'lable' });

    await expect(lift).rejects.toThrow(SchemaError);
    await expect(lift).rejects.toThrow("target is not a column: 'lable'. Did you mean 'label'?");
  });

  it('should find that wrong labels of images hurt', async () => {
    const [real, holdout] = [stripesTable(60, 1), stripesTable(200, 2)];
    const synthetic = stripesTable(90, 3, { mislabelled: true });

    const lift = await measureLift({ real, synthetic, holdout, target: 'label', seeds });

    expect(lift).toMatchObject({ model: 'cnn', task: 'classification', verdict: 'hurts' });
    expect(lift.trainedOn.real.accuracy?.mean).toBe(1);
    expect(lift.trainedOn.synthetic.accuracy?.mean).toBeLessThan(0.1);
  });

  it('should predict numbers of images', async () => {
    const [real, synthetic] = [stripesTable(150, 1), stripesTable(150, 2)];
    const holdout = stripesTable(150, 3);

    const lift = await measureLift({
      ...{ real, synthetic, holdout, target: 'place', seeds },
      alone: false,
    });

    expect(lift).toMatchObject({ model: 'cnn', task: 'regression' });
    expect(lift.trainedOn.real.r2?.mean).toBeGreaterThan(0.9);
  });

  it('should take few whole numbers beside images for classes', async () => {
    const numbered = (seed: number) => {
      const batch = stripesTable(90, seed);
      const label = vectorFromArray(
        Array.from({ length: 90 }, (_, row) =>
          Number(`${batch.getChild('label')?.get(row)}`.at(-1)),
        ),
        new Int32(),
      );
      const [images] = batch.data.children;
      const schema = new Schema([batch.schema.fields[0] as Field, new Field('label', new Int32())]);
      return makeBatch(schema, [images, label.data[0]] as never, 90);
    };
    const tables = { real: numbered(1), synthetic: numbered(2), holdout: numbered(3) };

    const lift = await measureLift({ ...tables, target: 'label', seeds, alone: false });

    expect(lift).toMatchObject({ task: 'classification', measure: 'macroF1', model: 'cnn' });
    expect(lift.trainedOn.real.macroF1?.mean).toBe(1);
  });

  it('should refuse a CNN without images, and images as a target', async () => {
    const images = stripesTable(20, 1);
    const lift = (tables: RecordBatch, target: string) =>
      measureLift({ real: tables, synthetic: tables, holdout: tables, target, model: 'cnn' });

    const none = () => lift(select(images, 'label', 'place'), 'label');
    const target = () => lift(images, 'image');

    await expect(none).rejects.toThrow(/model 'cnn' needs a column of images, and there is none/);
    await expect(target).rejects.toThrow(/target 'image' cannot be predicted: it holds images/);
  });
});
