import { describe, expect, it } from 'vitest';
import {
  accuracy,
  type LabelledImages,
  trainClassifier,
} from '../../../src/evaluate/image/classifier.js';
import { evaluateImages } from '../../../src/evaluate/image/evaluate-images.js';
import { createRandom } from '../../../src/random.js';

const shape = { height: 6, width: 6, channels: 1 };

/** Images of noise with a bright row: the class is which. */
function stripes(count: number, seed: number, classes = 3): LabelledImages {
  const random = createRandom(seed);
  const pixels = random.fillUniform(new Float32Array(count * 36)).map((x) => x - 1);
  const labels = Int32Array.from({ length: count }, () => random.integer(classes));
  labels.forEach((label, k) => {
    pixels.fill(1, k * 36 + label * 6, k * 36 + label * 6 + 6);
  });
  return { shape, pixels, labels };
}

const options = { classes: 3, steps: 100 };

describe('evaluateImages', () => {
  it('should find synthetic images as good as real ones if they are of one kind', async () => {
    const result = await evaluateImages(stripes(200, 1), stripes(200, 2), stripes(200, 3), options);

    expect([result.realAccuracy, result.ganTrain, result.ganTest]).toEqual([1, 1, 1]);
    expect(result.modes).toBe(3);
    expect(result.coverage).toBeGreaterThan(0.8);
  });

  it('should see lost classes and wrong labels', async () => {
    const [real, holdout, synthetic] = [stripes(200, 1), stripes(200, 2), stripes(200, 3, 2)];
    const wrong = { ...synthetic, labels: synthetic.labels.map((label) => 1 - label) };

    const lost = await evaluateImages(real, holdout, synthetic, options);
    const mixed = await evaluateImages(real, holdout, wrong, options);

    expect(lost.modes).toBe(2);
    expect(lost.ganTrain).toBeLessThan(0.8);
    expect(lost.coverage).toBeLessThan(0.8);
    expect(mixed.ganTest).toBe(0);
    expect(mixed.ganTrain).toBeLessThan(0.5);
  });

  it("should take a user's own classifier", async () => {
    const real = stripes(50, 1);
    const own = {
      classify: async (pixels: Float32Array) => new Int32Array(pixels.length / 36),
      probabilities: async (pixels: Float32Array) =>
        new Float32Array(pixels.length / 12).fill(1 / 3),
      features: async (pixels: Float32Array) => ({ values: pixels, size: 36 }),
      dispose: async () => {},
    };

    const result = await evaluateImages(real, real, real, { ...options, classifier: own });

    expect([result.modes, result.inceptionScore]).toEqual([1, expect.closeTo(1, 5)]);
    expect(result.classifierFrechetDistance).toBeCloseTo(0, 5);
    expect(result.ganTest).toBe(accuracy(new Int32Array(50), real.labels));
  });
});

describe('trainClassifier', () => {
  it('should give the same features again for the same seed', async () => {
    const images = stripes(50, 1);
    const featuresOf = async (seed: number) => {
      const classifier = await trainClassifier(images, 3, { steps: 5, seed });
      const { values } = await classifier.features(images.pixels);
      await classifier.dispose();
      return values;
    };

    const [one, same, other] = [await featuresOf(1), await featuresOf(1), await featuresOf(2)];

    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });
});
