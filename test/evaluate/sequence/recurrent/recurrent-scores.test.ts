import { describe, expect, it } from 'vitest';
import { recurrentScores } from '../../../../src/evaluate/sequence/recurrent/recurrent-scores.js';
import { createRandom } from '../../../../src/random.js';
import { readWaves, waveSequences } from '../waves.js';

describe('recurrentScores', () => {
  it('should tell shuffled steps from real ones, and predict worse by what was learned of them', async () => {
    const tables = await readWaves({
      real: waveSequences(120, 1),
      synthetic: waveSequences(120, 2, { isShuffled: true }),
      holdout: waveSequences(40, 3),
    });
    const score = (discriminative: number, predictive: number) => {
      const steps = { discriminative, predictive };
      return recurrentScores(tables, { trainings: 1, steps, random: createRandom(1) });
    };

    const found = await score(500, 500);

    expect(found.steps).toBe(8);
    expect(found.discriminative[0]).toBeGreaterThan(0.1);
    const { real, synthetic } = found.predictive;
    expect(real[0]).toBeLessThan(synthetic[0] as number);
    expect(await score(3, 3)).toEqual(await score(3, 3));
  });
});
