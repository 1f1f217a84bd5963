import { describe, expect, it } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import type { AugmentEvent, GateDecided } from '../../../src/augment/events.js';
import { smoteArm } from '../../../src/augment/gate/candidates.js';
import type { AugmentOptions } from '../../../src/augment/options/augment-options.js';
import type { GateOptions } from '../../../src/augment/options/gate.js';
import { verdictInWords } from '../../../src/augment/progress/words.js';
import { readProvenance } from '../../../src/augment/provenance/provenance.js';
import type { ArmComparison, ArmOptions } from '../../../src/evaluate/utility/arm.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import {
  batchOf,
  numberedBatches,
  numberedModel,
  numberedTools,
  numbersOf,
} from '../support/numbered.js';

const interval = (mean: number | null) =>
  mean === null ? { mean, low: null, high: null } : { mean, low: mean - 0.01, high: mean + 0.01 };

/** Augments 100 numbered rows at 0.5, where the arms that the gate compares gain so much, one after the other. */
async function gated(
  gains: readonly (number | null)[],
  gate: GateOptions,
  options: Partial<AugmentOptions> = { fit: { rows: 100 } },
  { rows = numberedBatches([60, 40]), trainings = 3 } = {},
) {
  const asked: ArmOptions[] = [];
  const threads: string[] = [];
  let next = 0;
  const compareArms = async (given: ArmOptions, thread: string): Promise<ArmComparison> => {
    asked.push(given);
    threads.push(thread);
    const names = Object.keys(given.folds[0]?.synthetic ?? {});

    const arms = names.map((name) => {
      const gain = interval(gains[next++] ?? null);
      return [name, { gain, measures: { r2: gain } }];
    });
    const free = { 'class weights': { gain: interval(0.02), measures: {} } };
    return {
      task: 'regression',
      tested: 100,
      trainings,
      real: {},
      arms: Object.fromEntries(arms),
      free,
    };
  };
  const events: AugmentEvent[] = [];
  const { tools, traces } = numberedTools();
  const out = await collect(
    augmentWith({ ...tools, compareArms }, asyncFrom(rows), {
      ratio: 0.5,
      gate,
      progress: (event) => events.push(event),
      ...options,
    }),
  );
  const numbers = numbersOf(out);
  return {
    threads,
    asked,
    fits: traces.fits,
    real: numbers.filter((number) => number >= 0),
    synthetic: numbers.filter((number) => number < 0),
    tried: events.filter((event) => event.type === 'gate-started'),
    verdict: events.find((event): event is GateDecided => event.type === 'gate'),
    provenance: readProvenance(out[0]?.schema.metadata ?? new Map()).at(-1),
  };
}

describe('gate', () => {
  it('should test every row in its turn, and fit makers without the rows that judge them', async () => {
    const { asked, fits } = await gated([0.1, 0.1, 0.1], { target: 'n' });

    const folds = asked[0]?.folds ?? [];
    const tested = folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
    expect(tested).toEqual([...Array(100).keys()]);
    for (const { train, test, synthetic } of folds) {
      expect([...train, ...test].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
      expect(numbersOf(synthetic['1'] ?? [])).toHaveLength(train.length);
    }
    // One for each part, and one of all rows.
    expect(fits).toBe(folds.length + 1);
  });

  it('should mix rows in that help, at the ratio at which they help most', async () => {
    const { synthetic, verdict, provenance } = await gated([0.02, 0.05], { target: 'n' });

    expect(verdict).toMatchObject({ verdict: 'helps', mixes: true, ratio: 0.25, target: 'n' });
    expect(verdict?.trials.map(({ ratio, passed }) => ({ ratio, passed }))).toEqual([
      { ratio: 0.5, passed: true },
      { ratio: 0.25, passed: true },
    ]);
    expect(synthetic).toHaveLength(33);
    expect(provenance).toMatchObject({ ratio: 0.25, gate: { verdict: 'helps', mixes: true } });
    expect(provenance?.gate).not.toHaveProperty('seconds');
  });

  it('should mix nothing in that hurts, train no model for it, and pass all real rows', async () => {
    const { real, synthetic, verdict, provenance, fits } = await gated([-1, -1], {
      target: 'n',
      mix: 'unless it hurts',
    });

    expect(real).toEqual([...Array(100).keys()]);
    expect(synthetic).toEqual([]);
    expect(fits).toBe(3);
    expect(verdict).toMatchObject({ verdict: 'hurts', mixes: false, ratio: 0 });
    expect(provenance).toMatchObject({ model: null, ratio: 0, gate: { verdict: 'hurts' } });
    expect(verdictInWords(verdict as GateDecided)).toMatch(
      /^gate: synthetic rows HURT; none are mixed in: −1\.000 \(95 % from −1\.010 to −0\.990\)/,
    );
  });

  it.each([
    ['if it helps', 0],
    ['unless it hurts', 100],
    [undefined, 0],
  ] as const)('should mix in, %s, %i rows of which it cannot tell', async (mix, rows) => {
    const { synthetic, verdict } = await gated([0.005, 0.001], { target: 'n', mix });

    expect(synthetic).toHaveLength(rows);
    expect(verdict?.verdict).toBe('cannot tell');
    expect(verdict?.reason).toContain('less than about 0.010 cannot be seen');
    expect(verdict?.reason).toContain('class weights without any synthetic row: +0.020');
  });

  it('should ask for a gain where one is wanted', async () => {
    const { verdict } = await gated([0.01, 0.06], { target: 'n', atLeast: 0.05 });

    expect(verdict).toMatchObject({ mixes: true, ratio: 0.25 });
  });

  it('should measure SMOTE-NC beside, where there are classes, and say so where it gains as much', async () => {
    const classes = Array.from({ length: 100 }, (_, row) => +(row % 4 === 0));

    const { asked, verdict, provenance } = await gated(
      [0, 0, 0.07],
      { target: 'n', mix: 'unless it hurts' },
      undefined,
      { rows: [batchOf(classes)] },
    );

    expect(Object.keys(asked[0]?.folds[0]?.synthetic ?? {})).toEqual(['1', '0.5', smoteArm]);
    expect(verdict?.trials).toHaveLength(2);
    expect(verdict?.free[smoteArm]?.gain.mean).toBe(0.07);
    expect(verdict?.reason).toContain("recipe 'smote-nc' with balanced classes instead: +0.070");
    expect(provenance).toMatchObject({ ratio: 0.5 });
  });

  it('should pass on when the time is up, and say that it was', async () => {
    const before = Date.now();

    const { asked, verdict } = await gated([0, 0], { target: 'n', seconds: 3600 }, undefined, {
      trainings: 2,
    });

    expect(asked[0]?.until).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(verdict?.by).toMatchObject({ isCut: true });
    expect(verdict?.reason).toContain('the time was up before all of it was measured');
  });

  it('should measure one part of the rows, however little time there is', async () => {
    const { asked, fits } = await gated([0, 0], { target: 'n', seconds: 1e-9 });

    expect(asked[0]?.folds).toHaveLength(1);
    expect(fits).toBe(1);
  });

  it('should say why it could not measure', async () => {
    const open = await gated([null, null], { target: 'n', mix: 'unless it hurts' });
    const strict = await gated([null, null], { target: 'n', atLeast: 0 });

    expect(open.verdict).toMatchObject({ verdict: 'cannot tell', mixes: true });
    expect(strict.verdict).toMatchObject({ verdict: 'cannot tell', mixes: false });
    expect(verdictInWords(open.verdict as GateDecided)).toMatch(/nothing could be measured/);
  });

  it('should judge a model that is there already by the first rows of the stream', async () => {
    const { asked, synthetic, fits } = await gated(
      [0.1, 0, 0],
      { target: 'n' },
      { model: numberedModel() },
    );

    expect(new Set(asked[0]?.folds.flatMap(({ test }) => [...test])).size).toBe(100);
    expect(synthetic).toHaveLength(100);
    expect(fits).toBe(0);
  });

  it.each([
    ['worker', {}, {}],
    ['caller', {}, { thread: 'caller' }],
    ['worker', { thread: 'worker' }, { thread: 'caller' }],
    ['caller', { thread: 'caller' }, {}],
  ] as const)('should measure on the %s for %o and fit %o', async (expected, gate, fit) => {
    const { threads } = await gated([0], { target: 'n', ...gate }, { fit: { rows: 100, ...fit } });

    expect(threads).toEqual([expected]);
  });

  it('should judge while rows pass, too', async () => {
    const fit = { rows: 20, during: 'pass' } as const;
    const { real, synthetic } = await gated([-1, -1], { target: 'n' }, { fit });

    expect(real).toHaveLength(100);
    expect(synthetic).toEqual([]);
  });

  it('should refuse what it cannot judge by', async () => {
    await expect(gated([], {})).rejects.toThrow(/gate.target must be the name of the column/);
    await expect(gated([], { target: 'x' })).rejects.toThrow(
      /'x' does not exist: the columns are n/,
    );
    await expect(gated([], { target: 'n', holdout: 1 })).rejects.toThrow(/gate.holdout must be/);
    await expect(gated([], { target: 'n', thread: 'moon' as never })).rejects.toThrow(
      /gate.thread must be 'worker' or 'caller': 'moon'/,
    );
    await expect(gated([], { target: 'n', mix: 'always' as never })).rejects.toThrow(
      /gate.mix must be 'if it helps' or 'unless it hurts': 'always'/,
    );
  });
});

describe('gate with rows that are held out', () => {
  it('should lower the ratio until it passes', async () => {
    const { asked, tried, synthetic, fits } = await gated([-0.2, 0.1], {
      target: 'n',
      holdout: 0.2,
    });

    // A quarter of the output is a third of the real rows.
    const shares = asked.map(({ folds }) => {
      const [{ train, synthetic: arms } = { train: [], synthetic: {} }] = folds;
      return numbersOf(Object.values(arms)[0] ?? []).length / train.length;
    });
    expect(shares[1]).toBeCloseTo(1 / 3, 1);
    expect(tried).toMatchObject([
      { target: 'n', ratio: 0.5, fold: 1, folds: 1 },
      { target: 'n', ratio: 0.25, fold: 1, folds: 1 },
    ]);
    expect(synthetic).toHaveLength(33);
    expect(fits).toBe(1);
  });

  it('should take rows to test on from elsewhere', async () => {
    const holdout = numberedBatches([7]);

    const { asked } = await gated([0.1], { target: 'n', holdout });

    const { folds, real } = asked[0] ?? { folds: [], real: [] };
    const numbers = numbersOf(real);
    expect(folds[0]?.train).toHaveLength(100);
    expect([...(folds[0]?.test ?? [])].map((row) => numbers[row])).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe("recipe 'auto'", () => {
  it('should take the maker that gains most, and say which', async () => {
    const fitted = { recipe: 'auto', fit: { rows: 100 } } as const;
    const gains = [0.02, 0.03, 0.05, 0.04, 0.01, 0];

    const { verdict, synthetic, asked } = await gated(gains, { target: 'n' }, fitted);

    expect(Object.keys(asked[0]?.folds[0]?.synthetic ?? {})).toHaveLength(6);
    expect(verdict).toMatchObject({ mixes: true, recipe: 'bootstrap', ratio: 0.5 });
    expect(verdictInWords(verdict as GateDecided)).toContain('at 0.5, made by bootstrap');
    expect(synthetic).toHaveLength(100);
  });

  it('should need a target', async () => {
    const options = { gate: undefined, recipe: 'auto' } as never;

    await expect(gated([], {}, options)).rejects.toThrow(/recipe 'auto' needs a target/);
  });
});
