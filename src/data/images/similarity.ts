/** Height, width and numbers of a pixel. */
interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** How alike two images are, pixel by pixel. */
export interface ImageSimilarity {
  /** Mean absolute difference, as a share of the range: 0 for equal images. */
  readonly l1: number;
  /** Peak signal-to-noise ratio in decibels; infinite for equal images. */
  readonly psnr: number;
  /** Structural similarity (Wang et al. 2004), at most 1. */
  readonly ssim: number;
}

/** Side and deviation of the Gaussian window of structural similarity. */
const window = { side: 11, deviation: 1.5 } as const;

/**
 * Compares two images of the same size.
 *
 * @param range What the largest number of such images is above the smallest.
 */
export function imageSimilarity(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  size: ImageSize,
  range: number,
): ImageSimilarity {
  const { l1, squared } = differences(a, b);
  return {
    l1: l1 / range,
    psnr: squared === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10(range ** 2 / squared),
    ssim: structuralSimilarity(a, b, size, range),
  };
}

function differences(a: ArrayLike<number>, b: ArrayLike<number>) {
  let [absolute, squared] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    const difference = (a[k] as number) - (b[k] as number);
    absolute += Math.abs(difference);
    squared += difference ** 2;
  }
  return { l1: absolute / a.length, squared: squared / a.length };
}

/** Mean over all places at which the window fits, and over the channels. */
function structuralSimilarity(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { height, width, channels }: ImageSize,
  range: number,
): number {
  const [c1, c2] = [(0.01 * range) ** 2, (0.03 * range) ** 2];
  const weights = gaussian(Math.min(window.side, height, width));
  let [sum, places] = [0, 0];
  for (let channel = 0; channel < channels; channel++) {
    const of = (value: (k: number) => number) =>
      blur(value, { height, width, channels, channel }, weights);
    const at = (image: ArrayLike<number>) => (k: number) => image[k] as number;
    const [x, y] = [at(a), at(b)];
    const [meanX, meanY] = [of(x), of(y)];
    const [squareX, squareY] = [of((k) => x(k) ** 2), of((k) => y(k) ** 2)];
    const product = of((k) => x(k) * y(k));
    for (let k = 0; k < meanX.length; k++) {
      const [mx, my] = [meanX[k] as number, meanY[k] as number];
      const variances = (squareX[k] as number) - mx ** 2 + (squareY[k] as number) - my ** 2;
      const covariance = (product[k] as number) - mx * my;
      sum +=
        ((2 * mx * my + c1) * (2 * covariance + c2)) /
        ((mx ** 2 + my ** 2 + c1) * (variances + c2));
    }
    places += meanX.length;
  }
  return sum / places;
}

function gaussian(side: number): Float64Array {
  const weights = Float64Array.from({ length: side }, (_, k) =>
    Math.exp(-((k - (side - 1) / 2) ** 2) / (2 * window.deviation ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** One channel of an image, averaged with weights along both axes, where all of them fit. */
function blur(
  value: (k: number) => number,
  { height, width, channels, channel }: ImageSize & { readonly channel: number },
  weights: Float64Array,
): Float64Array {
  const side = weights.length;
  const across = width - side + 1;
  const rows = new Float64Array(height * across);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < across; x++) {
      let sum = 0;
      for (let k = 0; k < side; k++) {
        sum += (weights[k] as number) * value((y * width + x + k) * channels + channel);
      }
      rows[y * across + x] = sum;
    }
  }
  const down = height - side + 1;
  const blurred = new Float64Array(down * across);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      let sum = 0;
      for (let k = 0; k < side; k++) {
        sum += (weights[k] as number) * (rows[(y + k) * across + x] as number);
      }
      blurred[y * across + x] = sum;
    }
  }
  return blurred;
}
