import { describe, expect, it } from 'vitest';
import { compareSequences } from '../../../src/evaluate/sequence/compare-sequences.js';
import type { ComparedSequences } from '../../../src/evaluate/sequence/compared-sequences.js';
import { sequencesInWords } from '../../../src/evaluate/sequence/words.js';
import { createRandom } from '../../../src/random.js';
import { readWaves, waveSequences } from './waves.js';

const compare = (tables: ComparedSequences) =>
  compareSequences(tables, { random: createRandom(1), trainings: 0 });

describe('compareSequences', () => {
  it('should find sequences of one kind as near as held-out ones', async () => {
    const tables = await readWaves({
      real: waveSequences(150, 1),
      synthetic: waveSequences(150, 2),
      holdout: waveSequences(150, 3),
    });

    const found = await compare(tables);

    expect(found.sequences).toBe(150);
    expect(found.series.map(({ column }) => column)).toEqual(['wave', 'level', 'state']);
    expect(found.lengths.real).toMatchObject({ shortest: 5, longest: 8 });
    for (const own of [found.synthetic, found.real]) {
      expect(own?.lengths).toBeLessThan(0.05);
      expect(own?.values).toBeGreaterThan(0.9);
      expect(own?.autocorrelation).toBeLessThan(0.2);
      expect(own?.crossCorrelation).toBeLessThan(0.02);
    }
    const { closerToReal = 1, byChance } = found.nearest.holdout ?? {};
    expect(closerToReal).toBeLessThan(byChance?.high ?? 0);
    expect(closerToReal).toBeGreaterThan(byChance?.low ?? 1);
    expect(sequencesInWords(found).join('\n')).toContain('no sign of learning by heart');
    expect(await compare(tables)).toEqual(found);
  });

  it('should see steps in a wrong order, which no single step shows', async () => {
    const tables = await readWaves({
      real: waveSequences(150, 1),
      synthetic: waveSequences(150, 2, { isShuffled: true }),
      holdout: waveSequences(150, 3),
    });

    const { synthetic, real, series } = await compare(tables);

    expect(synthetic.values).toBeGreaterThan(0.9);
    expect(synthetic.autocorrelation).toBeGreaterThan(3 * (real?.autocorrelation as number));
    expect(series[0]?.autocorrelation.real[3]).not.toBeCloseTo(
      series[0]?.autocorrelation.synthetic[3] as number,
      1,
    );
  });

  it('should see sequences that were learned by heart', async () => {
    const real = waveSequences(150, 1);
    const tables = await readWaves({ real, synthetic: real, holdout: waveSequences(150, 3) });

    const found = await compare(tables);

    expect(found.nearest.synthetic.median).toBe(0);
    expect(found.nearest.holdout?.closerToReal).toBeGreaterThan(0.9);
    expect(found.nearest.holdout?.byChance.high).toBeLessThan(0.7);
    expect(sequencesInWords(found).join('\n')).toContain(': a sign of learning by heart');
  });

  it('should say less without held-out sequences', async () => {
    const { real, synthetic } = await readWaves({
      real: waveSequences(40, 1),
      synthetic: waveSequences(30, 2),
      holdout: waveSequences(1, 3),
    });

    const found = await compare({ real, synthetic });

    expect(found).toMatchObject({ sequences: 30, real: null, nearest: { holdout: null } });
    expect(sequencesInWords(found).join('\n')).not.toMatch(/held-out|unknown|NaN/);
  });
});
