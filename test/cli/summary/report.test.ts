import { describe, expect, it } from 'vitest';
import { formatEvaluation } from '../../../src/cli/summary/report.js';
import { evaluate } from '../../../src/evaluate/evaluate.js';
import { expectedBatches } from '../../evaluate/expected/tables.js';
import { comparison } from '../../evaluate/image/comparison.js';

describe('formatEvaluation', () => {
  it('should show images beside what real ones reach, and without held-out ones alone', async () => {
    const real = await expectedBatches('real');
    const evaluation = await evaluate(real, real);
    const plain = { features: 'random convolutions', against: 'real', classes: null } as const;

    const whole = formatEvaluation({ ...evaluation, images: comparison });
    const images = { ...comparison, ...plain, real: null };
    const alone = formatEvaluation({ ...evaluation, images });

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
