import { describe, expect, it } from 'vitest';
import type { Sound } from '../../../src/data/sounds/sound.js';
import { soundGrid } from '../../../src/encode/pictures/sound-grid.js';

const rate = 8000;

const tone = (frequency: number, samples = 2048): Sound => ({
  rate,
  channels: 1,
  values: Float32Array.from({ length: samples }, (_, k) =>
    Math.sin((2 * Math.PI * frequency * k) / rate),
  ),
});

const gridOf = (sounds: readonly (Sound | null)[], columns?: number) =>
  soundGrid({ rows: sounds.length, at: (row) => sounds[row] ?? null }, { columns });

/** The brightest line of the spectrogram in the middle of the first picture, from its top. */
function brightest({ width, pixels }: ReturnType<typeof gridOf>): number {
  const lines = Array.from({ length: 64 }, (_, y) => pixels[(32 + y) * width + 48] as number);
  return lines.indexOf(Math.max(...lines));
}

describe('soundGrid', () => {
  it('should put a waveform and a spectrogram of each sound side by side', () => {
    const { width, height, channels } = gridOf([tone(440), tone(880), null], 2);

    expect([width, height, channels]).toEqual([2 * 96 + 2, 2 * 96 + 2, 1]);
  });

  it('should show high tones above low ones', () => {
    expect(brightest(gridOf([tone(3000)]))).toBeLessThan(brightest(gridOf([tone(500)])));
    expect(brightest(gridOf([tone(1000)]))).toBe(63 - 16);
  });

  it('should draw how loud a sound is, and leave the place of a null one empty', () => {
    const quiet = { ...tone(440), values: tone(440).values.map((value) => value / 10) };
    const litIn = (sound: Sound | null) =>
      gridOf([sound])
        .pixels.subarray(0, 32 * 96)
        .filter((pixel) => pixel === 255).length;

    expect(litIn(tone(440))).toBeGreaterThan(5 * litIn(quiet));
    expect(litIn(null)).toBe(96);
  });
});
