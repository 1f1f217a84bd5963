import { describe, expect, it } from 'vitest';
import { resample } from '../../../src/data/sounds/resample.js';
import type { Sound } from '../../../src/data/sounds/sound.js';

const tone = (rate: number, frequency: number, seconds = 0.25): Sound => ({
  rate,
  channels: 1,
  values: Float32Array.from({ length: rate * seconds }, (_, k) =>
    Math.sin((2 * Math.PI * frequency * k) / rate),
  ),
});

/** The largest difference but near the ends, where the kernel has nothing to see. */
function inside(a: Sound, b: Sound): number {
  const edge = Math.round(0.02 * a.rate);
  return a.values
    .slice(edge, -edge)
    .reduce(
      (most, value, k) => Math.max(most, Math.abs(value - (b.values[k + edge] as number))),
      0,
    );
}

describe('resample', () => {
  it.each([
    [8000, 11025],
    [44100, 8000],
    [16000, 8000],
  ])('should keep a tone that both rates hold: %i → %i', (from, to) => {
    const made = resample(tone(from, 440), to);

    expect(made.values).toHaveLength(Math.round(0.25 * to));
    expect(inside(tone(to, 440), made)).toBeLessThan(0.01);
  });

  it('should take away a tone that the new rate cannot hold', () => {
    const made = resample(tone(16000, 7000), 8000);

    expect(inside({ ...made, values: new Float32Array(made.values.length) }, made)).toBeLessThan(
      0.01,
    );
  });

  it('should keep channels apart', () => {
    const { values } = tone(8000, 440);
    const both = Float32Array.from({ length: 2 * values.length }, (_, k) =>
      k % 2 === 0 ? (values[k / 2] as number) : 0,
    );

    const made = resample({ rate: 8000, channels: 2, values: both }, 16000);

    expect(made.values.filter((_, k) => k % 2 === 1).every((value) => value === 0)).toBe(true);
    expect(made.values).toHaveLength(2 * 4000);
  });
});
