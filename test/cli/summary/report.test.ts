import { describe, expect, it } from 'vitest';
import { formatEvaluation } from '../../../src/cli/summary/report.js';
import { evaluate } from '../../../src/evaluate/evaluate.js';
import { expectedBatches } from '../../evaluate/expected/tables.js';

const likeness = {
  precision: 0.5,
  recall: 0.25,
  density: 0.5,
  coverage: 0.5,
  featureFrechetDistance: 3,
  featureKernelDistance: 0.125,
};

describe('formatEvaluation', () => {
  it('should show images beside what real ones reach, and without held-out ones alone', async () => {
    const real = await expectedBatches('real');
    const evaluation = await evaluate(real, real);
    const images = { column: 'face', images: 200, synthetic: likeness } as const;
    const judged = { features: 'classifier', against: 'holdout' } as const;
    const classes = { ganTest: 0.875, found: 9, classes: 10 };
    const plain = { features: 'random convolutions', against: 'real' } as const;

    const whole = formatEvaluation({
      ...evaluation,
      images: { ...images, ...judged, classes, real: { ...likeness, recall: 0.75 } },
    });
    const alone = formatEvaluation({
      ...evaluation,
      images: { ...images, ...plain, classes: null, real: null },
    });

    expect(whole).toMatch(
      /beside 200 held-out ones, in features of a classifier .* synthetic +real/,
    );
    expect(whole).toMatch(/recall +0\.25 +0\.75/);
    expect(whole).toMatch(/GAN-test +0\.875\n/);
    expect(whole).toMatch(/classes found, of 10 +9\n/);
    expect(alone).toMatch(/beside 200 real ones, in features of random convolutions +synthetic\n/);
    expect(alone).not.toContain('GAN-test');
  });
});
