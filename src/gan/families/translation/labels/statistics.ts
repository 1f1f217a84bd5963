import type { HostTensors } from '../../../../compute/tensor.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import type { PairSource } from '../read-pairs.js';

/** Names of the statistics among a generator's weights, each [labels, channels], of numbers in [−1, 1]. */
export type StatisticName = 'means' | 'spreads' | 'deviations';

/**
 * What the images of some pairs say of each label: the mean of its pixels, how far its mean in an image
 * deviates from that (weighted by pixels), and how far pixels deviate from the mean of their image.
 */
export function labelStatistics(
  pairs: PairSource,
  { source, target }: { readonly source: ImageShape; readonly target: ImageShape },
): Record<StatisticName, HostTensors[string]> {
  const [labels, channels] = [source.channels, target.channels];
  const pixels = source.height * source.width;
  const [map, image] = [new Float32Array(pixels * labels), new Float32Array(pixels * channels)];
  const size = labels * channels;
  const zeros = () => new Float64Array(size);
  const [counts, sums, squares, meanSquares] = [zeros(), zeros(), zeros(), zeros()];
  for (let index = 0; index < pairs.count; index++) {
    pairs.fillSource(index, map, 0);
    pairs.fillTruth(index, image, 0);
    const [count, sum, square] = [zeros(), zeros(), zeros()];
    for (let pixel = 0; pixel < pixels; pixel++) {
      const label = map.subarray(pixel * labels, (pixel + 1) * labels).indexOf(1);
      for (let channel = 0; channel < channels; channel++) {
        const value = image[pixel * channels + channel] as number;
        const at = label * channels + channel;
        count[at] = (count[at] as number) + 1;
        sum[at] = (sum[at] as number) + value;
        square[at] = (square[at] as number) + value ** 2;
      }
    }
    for (let at = 0; at < size; at++) {
      const [n = 0, total = 0] = [count[at], sum[at]];
      if (n === 0) continue;
      counts[at] = (counts[at] as number) + n;
      sums[at] = (sums[at] as number) + total;
      squares[at] = (squares[at] as number) + (square[at] as number);
      meanSquares[at] = (meanSquares[at] as number) + total ** 2 / n;
    }
  }
  const of = (value: (at: number, n: number) => number) => ({
    shape: [labels, channels],
    dtype: 'float32' as const,
    values: Float32Array.from({ length: size }, (_, at) =>
      value(at, Math.max(counts[at] as number, 1)),
    ),
  });
  const root = (square: number) => Math.sqrt(Math.max(square, 0));
  const mean = (at: number, n: number) => (sums[at] as number) / n;
  return {
    means: of(mean),
    spreads: of((at, n) => root((meanSquares[at] as number) / n - mean(at, n) ** 2)),
    deviations: of((at, n) => root(((squares[at] as number) - (meanSquares[at] as number)) / n)),
  };
}
