/** Length of a line at the end of a critic, and at the start of a generator, at most. */
const shortest = 16;

/**
 * Strides of WaveGAN's layers, from the waveform inwards: 4 until 16 places are left. Where that
 * does not come out even the layer next to the waveform has a stride of 2: 16,384 samples have five
 * of 4, 8,192 one of 2 and four of 4, 4,096 four of 4.
 */
export function stridesOf(samples: number): number[] {
  const halvings = Math.max(Math.ceil(Math.log2(samples / shortest)), 0);
  const fours = Array<number>(Math.floor(halvings / 2)).fill(4);
  return halvings % 2 === 1 ? [2, ...fours] : fours;
}

/** Length of the line behind those layers. */
export function innerLength(samples: number, strides: readonly number[]): number {
  return Math.ceil(samples / strides.reduce((product, stride) => product * stride, 1));
}
