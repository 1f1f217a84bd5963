import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isForGenerator } from '../../../../src/gan/families/tensor/warm-up.js';
import { openRun } from '../../../../src/gan/training/run.js';
import { createRandom } from '../../../../src/random.js';
import { smallTraining } from './small-images.js';

describe('isForGenerator', () => {
  it('should always give the critic 100 updates before the first 25 of the generator and each 500th', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), (criticSteps) => {
        const updates: number[] = [];
        let before = 0;
        for (let step = 0; updates.length < 1600; step++) {
          before += criticSteps;
          if (!isForGenerator(step, criticSteps)) continue;
          updates.push(before);
          before = 0;
        }

        const long = Math.ceil(100 / criticSteps) * criticSteps;
        expect(updates).toEqual(
          updates.map((_, k) => (k < 25 || k % 500 === 0 ? long : criticSteps)),
        );
      }),
      { numRuns: 10 },
    );
  });
});

describe("a WGAN's training", () => {
  it('should leave the generator as it is until the critic is well ahead', async () => {
    const training = smallTraining('wgan', { criticSteps: 2 });
    const random = createRandom(1);
    const start = training.state(random);
    const run = await openRun(training, start, {}, 10);

    for (let step = 0; step < 49; step += 7) await run.steps(step, 7, random);
    const ahead = run.readState();
    await run.steps(49, 1, random);
    const after = run.readState();
    await run.dispose();

    const changed = (now: typeof start, before: typeof start) =>
      Object.keys(now).filter((name) => String(now[name]?.values) !== String(before[name]?.values));
    const ofGenerator = /(^|\/)generator\//;
    expect(changed(ahead, start).filter((name) => ofGenerator.test(name))).toEqual([]);
    expect(
      changed(ahead, start).filter((name) => name.startsWith('critic/')).length,
    ).toBeGreaterThan(2);
    expect(changed(after, ahead).filter((name) => ofGenerator.test(name)).length).toBeGreaterThan(
      2,
    );
  });
});
