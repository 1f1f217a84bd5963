import { assertGiven } from '../../options/given.js';
import type { Sound } from './sound.js';

/** Zero crossings of the kernel to each side. */
const crossings = 16;

/**
 * A sound at another sample rate, as long as before: band-limited interpolation with a windowed sinc
 * (Smith and Gossett 1984), which takes away what the new rate cannot hold.
 */
export function resample(sound: Sound, rate: number): Sound {
  assertGiven(sound, 'sound', 'a sound');
  if (rate === sound.rate) return sound;
  const { channels, values } = sound;
  const length = values.length / channels;
  const ratio = rate / sound.rate;
  const cutoff = Math.min(1, ratio);
  const reach = crossings / cutoff;
  const made = Math.round(length * ratio);
  const target = new Float32Array(made * channels);
  for (let to = 0; to < made; to++) {
    const middle = to / ratio;
    const [first, last] = [Math.ceil(middle - reach), Math.floor(middle + reach)];
    for (let from = Math.max(first, 0); from <= Math.min(last, length - 1); from++) {
      const distance = from - middle;
      const weight =
        cutoff * sinc(cutoff * distance) * Math.cos((Math.PI * distance) / (2 * reach)) ** 2;
      for (let channel = 0; channel < channels; channel++) {
        const place = to * channels + channel;
        const value = values[from * channels + channel] as number;
        target[place] = (target[place] as number) + weight * value;
      }
    }
  }
  return { rate, channels, values: target };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
