import { type RecordBatch, Table, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { compareArms } from '../../../src/evaluate/utility/compare-arms.js';
import { stratifiedFolds } from '../../../src/evaluate/utility/folds.js';
import { createRandom } from '../../../src/random.js';

/** Rows of two classes, the second rare, told apart by two numbers; or labels that say nothing. */
function tableOf(rows: number, seed: number, isWrong = false): RecordBatch {
  const random = createRandom(seed);
  const labels = Array.from({ length: rows }, () => (random.uniform() < 0.2 ? 'rare' : 'often'));
  const shift = labels.map((label) => (label === 'rare' && !isWrong ? 1.2 : 0));
  const table = new Table({
    a: vectorFromArray(shift.map((own) => own + random.normal())),
    b: vectorFromArray(shift.map((own) => own + random.normal())),
    label: vectorFromArray(labels),
  });
  return table.batches[0] as RecordBatch;
}

function foldsOf(real: RecordBatch, arms: Record<string, RecordBatch[]>, repeats = 2) {
  const labels = [...(real.getChild('label') ?? [])].map((label) => +(label === 'rare'));
  return Array.from({ length: repeats }, (_, repeat) =>
    stratifiedFolds(labels, 3, createRandom(repeat)).map((fold) => ({
      ...fold,
      repeat,
      synthetic: arms,
    })),
  ).flat();
}

describe('compareArms', () => {
  it('should tell rows that help from rows that hurt', async () => {
    const real = tableOf(150, 1);
    const arms = { more: [tableOf(1500, 2)], wrong: [tableOf(1500, 3, true)] };

    const {
      arms: gains,
      task,
      positive,
    } = await compareArms({
      real: [real],
      folds: foldsOf(real, arms),
      target: 'label',
    });

    expect({ task, positive }).toEqual({ task: 'classification', positive: 'rare' });
    expect(gains.more?.gain.low).toBeGreaterThan(0);
    expect(gains.wrong?.gain.high).toBeLessThan(0);
    expect(Object.keys(gains.more?.measures ?? {})).toEqual([
      'macroF1',
      'averagePrecision',
      'logLoss',
    ]);
  });

  it('should train each arm once, and no more when the time is up', async () => {
    const real = tableOf(90, 5);
    const folds = foldsOf(real, { more: [tableOf(50, 6)] });
    const seeds = [0, 1];
    const all = { real: [real], folds, target: 'label', seeds };

    const whole = await compareArms(all);
    const cut = await compareArms({ ...all, until: 0 });

    expect(whole).toMatchObject({ tested: 90, trainings: 12 });
    expect(cut).toMatchObject({ tested: folds[0]?.test.length, trainings: 1 });
    expect(cut.arms.more?.gain.mean).not.toBeNull();
    expect(Object.keys(cut.free)).toContain('class weights');
  });

  it('should say what costs nothing: classes of equal weight, and another threshold', async () => {
    const real = tableOf(300, 4);

    const { free } = await compareArms({ real: [real], folds: foldsOf(real, {}), target: 'label' });

    expect(Object.keys(free)).toEqual(['class weights', 'another threshold']);
    expect(free['class weights']?.measures.logLoss?.mean).toBeLessThan(0);
    // Ranks stay as they are within a fold.
    expect(free['another threshold']?.measures.macroF1?.mean).not.toBe(0);
    expect(Math.abs(free['another threshold']?.measures.averagePrecision?.mean ?? 1)).toBeLessThan(
      0.1,
    );
  });

  it('should gain nothing by no rows, and say the same twice', async () => {
    const real = tableOf(60, 5);
    const options = { real: [real], folds: foldsOf(real, { none: [] }), target: 'label' };

    const [first, same] = [await compareArms(options), await compareArms(options)];

    expect(same).toEqual(first);
    expect(first.arms.none?.gain).toEqual({ mean: 0, low: 0, high: 0 });
  });

  it('should predict numbers', async () => {
    const real = tableOf(90, 6);

    const { task, arms } = await compareArms({
      real: [real],
      folds: foldsOf(real, { more: [tableOf(300, 7)] }),
      target: 'a',
    });

    expect(task).toBe('regression');
    expect(Object.keys(arms.more?.measures ?? {})).toEqual(['r2']);
  });
});
