import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFourier } from '../../../src/encode/sound/fft.js';
import { invertMagnitude } from '../../../src/encode/sound/griffin-lim.js';
import { createLogMel, melFilters } from '../../../src/encode/sound/mel.js';
import { createShortTimeFourier } from '../../../src/encode/sound/stft.js';
import { createRandom } from '../../../src/random.js';

const noise = (length: number, seed = 1) =>
  Float64Array.from(createRandom(seed).fillNormal(new Float32Array(length)));
const tone = (frequency: number, rate: number, length: number) =>
  Float64Array.from({ length }, (_, k) => Math.sin((2 * Math.PI * frequency * k) / rate));
const largest = (values: ArrayLike<number>) =>
  Array.from(values).indexOf(Math.max(...Array.from(values)));

/** The largest difference of two signals. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Math.max(...Array.from(a, (value, k) => Math.abs(value - (b[k] as number))));
}

describe('createFourier', () => {
  it.each([1, 2, 8, 64])('should be the sum that defines the transform: %i', (size) => {
    const [re, im] = [noise(size, 1), noise(size, 2)];
    const sum = (part: (angle: number, k: number) => number) =>
      Array.from({ length: size }, (_, bin) =>
        Array.from({ length: size }, (_, k) => part((-2 * Math.PI * bin * k) / size, k)).reduce(
          (total, value) => total + value,
          0,
        ),
      );
    const wanted = [
      sum((angle, k) => (re[k] as number) * Math.cos(angle) - (im[k] as number) * Math.sin(angle)),
      sum((angle, k) => (re[k] as number) * Math.sin(angle) + (im[k] as number) * Math.cos(angle)),
    ] as const;
    const [a, b] = [re.slice(), im.slice()];
    const fourier = createFourier(size);

    fourier.forward(a, b);
    expect(difference(a, wanted[0])).toBeLessThan(1e-9);
    expect(difference(b, wanted[1])).toBeLessThan(1e-9);

    fourier.inverse(a, b);
    expect(difference(a, re)).toBeLessThan(1e-12);
    expect(difference(b, im)).toBeLessThan(1e-12);
  });

  it('should refuse a size that is no power of two', () => {
    expect(() => createFourier(12)).toThrow(RangeError);
  });
});

describe('createShortTimeFourier', () => {
  it('should be undone by its inverse, for signals of every length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.constantFrom(4, 8), (length, hop) => {
        const transform = createShortTimeFourier(16, hop);
        const signal = noise(length, length);

        const spectrum = transform.forward(signal);

        expect(spectrum.frames).toBe(Math.ceil(length / hop));
        expect(difference(transform.inverse(spectrum, length), signal)).toBeLessThan(1e-9);
      }),
    );
  });

  it('should see a tone in its bin', () => {
    const transform = createShortTimeFourier(256, 128);
    const { re, im, bins } = transform.forward(tone(1000, 8000, 1024));

    const frame = Array.from({ length: bins }, (_, k) =>
      Math.hypot(re[3 * bins + k] as number, im[3 * bins + k] as number),
    );
    expect(largest(frame)).toBe(32);
  });
});

describe('invertMagnitude', () => {
  it('should come nearer to the magnitudes with each iteration, and give the same every time', () => {
    const transform = createShortTimeFourier(64, 32);
    const signal = tone(440, 4000, 512);
    const magnitudesOf = (values: ArrayLike<number>) => {
      const { re, im } = transform.forward(values);
      return re.map((value, at) => Math.hypot(value, im[at] as number));
    };
    const wanted = magnitudesOf(signal);
    const errorAfter = (iterations: number) => {
      const made = magnitudesOf(invertMagnitude(transform, wanted, 512, iterations));
      const square = (values: Float64Array) => values.reduce((sum, value) => sum + value ** 2, 0);
      return Math.sqrt(
        square(made.map((value, k) => value - (wanted[k] as number))) / square(wanted),
      );
    };

    const errors = [0, 4, 16, 64].map(errorAfter);

    expect([...errors].sort((a, b) => b - a)).toEqual(errors);
    expect(errors[2]).toBeLessThan(0.3);
    expect(errorAfter(4)).toBe(errors[1]);
  });
});

describe('createLogMel', () => {
  it('should have filters that share each frequency between two, but for the ends', () => {
    const [bands, bins] = [20, 257];
    const filters = melFilters(8000, 512, bands);
    const first = largest(filters.subarray(0, bins));
    const last = largest(filters.subarray((bands - 1) * bins));

    expect(first).toBeGreaterThan(0);
    expect(last).toBeGreaterThan(first + bands);
    for (let bin = first + 1; bin < last; bin++) {
      const sum = Array.from({ length: bands }, (_, band) => filters[band * bins + bin] as number);
      expect(sum.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 9);
    }
  });

  it('should tell high tones from low ones, and hear silence as its floor', () => {
    const mel = createLogMel({ rate: 8000 });
    const bandOf = (frequency: number) =>
      largest(mel.of(tone(frequency, 8000, 512)).subarray(mel.bands, 2 * mel.bands));

    expect(bandOf(200)).toBeLessThan(bandOf(800));
    expect(bandOf(800)).toBeLessThan(bandOf(3200));
    expect(mel.of(new Float32Array(256))).toEqual(new Float32Array(80).fill(Math.log(1e-6)));
  });
});
