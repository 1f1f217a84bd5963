import { describe, expect, it } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import type { AugmentEvent, GateDecided } from '../../../src/augment/events.js';
import type { AugmentOptions } from '../../../src/augment/options/augment-options.js';
import type { GateOptions } from '../../../src/augment/options/gate.js';
import { verdictInWords } from '../../../src/augment/progress/words.js';
import { readProvenance } from '../../../src/augment/provenance/provenance.js';
import type { Lift, LiftOptions } from '../../../src/evaluate/utility/measure-lift.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { numberedBatches, numberedModel, numberedTools, numbersOf } from '../support/numbered.js';

/** Augments 100 numbered rows at 0.5, where the gate measures these gains one after the other. */
async function gated(
  gains: readonly (number | null)[],
  gate: GateOptions,
  options: Partial<AugmentOptions> = { fit: { rows: 100 } },
) {
  const asked: LiftOptions[] = [];
  const threads: string[] = [];
  const measureLift = async (given: LiftOptions, thread: string) => {
    const mean = gains[asked.length] as number | null;
    asked.push(given);
    threads.push(thread);
    const verdict = mean !== null && mean < 0 ? 'hurts' : 'no clear difference';
    const [low, high] = mean === null ? [null, null] : [mean - 0.01, mean + 0.01];
    const lift = { r2: { mean, low, high } };
    return { measure: 'r2', verdict, lift } as Partial<Lift> as Lift;
  };
  const events: AugmentEvent[] = [];
  const tools = { ...numberedTools().tools, measureLift };
  const out = await collect(
    augmentWith(tools, asyncFrom(numberedBatches([60, 40])), {
      ratio: 0.5,
      gate,
      progress: (event) => events.push(event),
      ...options,
    }),
  );
  const numbers = numbersOf(out);
  return {
    threads,
    asked: asked.map(({ real, synthetic, holdout }) =>
      [real, synthetic, holdout].map((rows) => numbersOf(rows as never)),
    ) as [number[], number[], number[]][],
    real: numbers.filter((number) => number >= 0),
    synthetic: numbers.filter((number) => number < 0),
    tried: events.filter((event) => event.type === 'gate-started'),
    verdict: events.find((event) => event.type === 'gate'),
    provenance: readProvenance(out[0]?.schema.metadata ?? new Map()).at(-1),
  };
}

describe('gate', () => {
  it('should say why it could not measure, and not try other ratios in vain', async () => {
    const open = await gated([null], { target: 'n' });
    const strict = await gated([null], { target: 'n', atLeast: 0 });

    const reason = expect.stringContaining("lack a class of 'n'");
    expect(open.verdict).toMatchObject({ verdict: 'accepted', ratio: 0.5, reason });
    expect(strict.verdict).toMatchObject({ verdict: 'refused', ratio: 0, reason });
    expect(strict.tried).toHaveLength(1);
    expect(verdictInWords(open.verdict as GateDecided)).toMatch(
      /^gate: synthetic rows are mixed in at 0.5: nothing could be measured/,
    );
  });

  it('should let the rows in where they do no harm, judged by rows that were not trained on', async () => {
    const { asked, synthetic, verdict, provenance } = await gated([0.01], { target: 'n' });

    const [real, made, holdout] = asked[0] as [number[], number[], number[]];
    expect(made).toHaveLength(real.length);
    expect([...real, ...holdout].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect(holdout.length).toBeGreaterThan(8);
    expect(synthetic).toHaveLength(100);
    expect(verdict).toMatchObject({ verdict: 'accepted', ratio: 0.5, measure: 'r2', target: 'n' });
    expect(provenance).toMatchObject({ ratio: 0.5, gate: { verdict: 'accepted' } });
  });

  it('should lower the ratio until they do none', async () => {
    const gain = [-0.2, 0];
    const { asked, tried, synthetic, verdict, provenance } = await gated(gain, { target: 'n' });

    // A quarter of the output is a third of the real rows.
    expect(asked.map(([real, made]) => made.length / real.length)[1]).toBeCloseTo(1 / 3, 1);
    expect(tried).toEqual([
      { type: 'gate-started', target: 'n', ratio: 0.5 },
      { type: 'gate-started', target: 'n', ratio: 0.25 },
    ]);
    expect(synthetic).toHaveLength(33);
    expect(verdict).toMatchObject({
      verdict: 'lowered',
      ratio: 0.25,
      trials: [
        { ratio: 0.5, passed: false },
        { ratio: 0.25, passed: true },
      ],
    });
    expect(provenance?.ratio).toBe(0.25);
  });

  it('should refuse them where they hurt in any case, and pass all real rows', async () => {
    const { real, synthetic, verdict, provenance } = await gated([-1, -1, -1], { target: 'n' });

    expect(real).toEqual([...Array(100).keys()]);
    expect(synthetic).toEqual([]);
    expect(verdict).toMatchObject({ verdict: 'refused', ratio: 0 });
    expect(provenance).toMatchObject({ ratio: 0, gate: { verdict: 'refused' } });
  });

  it('should ask for a gain where one is wanted', async () => {
    const { verdict } = await gated([0.01, 0.04, 0.06], { target: 'n', atLeast: 0.05 });

    expect(verdict).toMatchObject({ verdict: 'lowered', ratio: 0.125 });
  });

  it('should judge a model that is there already by the first rows of the stream', async () => {
    const { asked, synthetic, verdict } = await gated(
      [0.1],
      { target: 'n', holdout: 0.5 },
      { model: numberedModel() },
    );

    expect(asked[0]?.[2].length).toBeGreaterThan(30);
    expect(synthetic).toHaveLength(100);
    expect(verdict).toMatchObject({ verdict: 'accepted' });
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

  it('should take rows to test on from elsewhere', async () => {
    const holdout = numberedBatches([7]);

    const { asked } = await gated([0.1], { target: 'n', holdout });

    expect(asked[0]?.[0]).toHaveLength(100);
    expect(asked[0]?.[2]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('should judge while rows pass, too', async () => {
    const { real, synthetic, verdict } = await gated(
      [-1, -1, -1],
      { target: 'n' },
      {
        fit: { rows: 20, during: 'pass' },
      },
    );

    expect(real).toHaveLength(100);
    expect(synthetic).toEqual([]);
    expect(verdict?.verdict ?? 'refused').toBe('refused');
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
    await expect(gated([], { target: 'n', atLeast: Number.NaN })).rejects.toThrow(
      /atLeast must be/,
    );
  });
});
