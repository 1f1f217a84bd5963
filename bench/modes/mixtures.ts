import type { Random } from '../../src/random.js';

/** Gaussians in the plane, as GANs that lose modes are judged by. */
export interface Mixture {
  readonly centers: readonly (readonly [number, number])[];
  /** Standard deviation of each. */
  readonly deviation: number;
}

/** 25 in a grid, 2 apart (Srivastava et al. 2017). */
export const grid: Mixture = {
  centers: Array.from({ length: 25 }, (_, k) => [(k % 5) * 2 - 4, Math.floor(k / 5) * 2 - 4]),
  deviation: 0.05,
};

/** 8 on a circle of radius 1 (Metz et al. 2017). */
export const ring: Mixture = {
  centers: Array.from({ length: 8 }, (_, k) => [
    Math.cos((k * Math.PI) / 4),
    Math.sin((k * Math.PI) / 4),
  ]),
  deviation: 0.01,
};

/** Points [count, 2] of a mixture, each Gaussian as likely as the others. */
export function drawPoints({ centers, deviation }: Mixture, count: number, random: Random) {
  const points = new Float32Array(2 * count);
  for (let k = 0; k < count; k++) {
    const [x, y] = centers[random.integer(centers.length)] as readonly [number, number];
    points[2 * k] = x + deviation * random.normal();
    points[2 * k + 1] = y + deviation * random.normal();
  }
  return points;
}

/**
 * What of points [count, 2] is where it should be: within three standard deviations of a center,
 * and how many centers have such a point.
 */
export function judgePoints({ centers, deviation }: Mixture, points: Float32Array) {
  const found = new Set<number>();
  let good = 0;
  for (let at = 0; at < points.length; at += 2) {
    const [x, y] = [points[at] as number, points[at + 1] as number];
    const near = centers.findIndex(([a, b]) => Math.hypot(x - a, y - b) <= 3 * deviation);
    if (near < 0) continue;
    good++;
    found.add(near);
  }
  return { modes: found.size, quality: good / (points.length / 2) };
}
