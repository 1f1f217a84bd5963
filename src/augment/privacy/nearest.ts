import { distanceOf } from './distance.js';
import type { Points, RowSpace } from './row-space.js';

/** Finds how near the nearest of many points is. */
export interface NearestPoint {
  /** Distance of a point to the nearest one, if that is below `most`; else `most`. */
  distance(points: Points, row: number, most?: number): number;
}

/** Points that are looked through one by one. */
const leafSize = 16;
const rounding = 1e-9;

/**
 * A vantage-point tree (Yianilos 1993): each node has a point and a radius that half of the points
 * below it are within, and the triangle inequality says which half can hold nearer ones. It works
 * for any metric, so for categories beside numbers; memory is a few numbers a point.
 */
export function indexNearest(space: RowSpace, points: Points): NearestPoint {
  const order = Int32Array.from({ length: points.length }, (_, row) => row);
  const radii = new Float64Array(points.length);
  const distances = new Float64Array(points.length);

  /** Arranges order[start … end): a vantage point, the nearer half, the farther half. */
  const arrange = (start: number, end: number) => {
    if (end - start <= leafSize) return;
    const vantage = order[start] as number;
    const rest = order.subarray(start + 1, end);
    for (const row of rest) distances[row] = distanceOf(space, points, vantage, points, row);
    rest.sort((a, b) => (distances[a] as number) - (distances[b] as number));
    const middle = middleOf(start, end);
    radii[start] = distances[order[middle] as number] as number;
    arrange(start + 1, middle);
    arrange(middle, end);
  };
  // The first point of a sorted table is an outlier: any other one is no worse, and most are better.
  if (points.length > 1) {
    const central = points.length >> 1;
    [order[0], order[central]] = [order[central] as number, order[0] as number];
  }
  arrange(0, points.length);

  const search = (query: Points, row: number, start: number, end: number, best: number): number => {
    if (end - start <= leafSize) {
      let nearest = best;
      for (let k = start; k < end && nearest > 0; k++) {
        nearest = Math.min(
          nearest,
          distanceOf(space, query, row, points, order[k] as number, nearest),
        );
      }
      return nearest;
    }
    const gap = distanceOf(space, query, row, points, order[start] as number);
    const radius = radii[start] as number;
    const middle = middleOf(start, end);
    let nearest = Math.min(best, gap);
    const [near, far] = [[start + 1, middle] as const, [middle, end] as const];
    const halves = gap < radius ? [near, far] : [far, near];
    for (const half of halves) {
      const isNear = half === near;
      const least = isNear ? gap - radius : radius - gap;
      // Sums are rounded: what is at the very edge is looked at.
      if (least - rounding < nearest) nearest = search(query, row, half[0], half[1], nearest);
    }
    return nearest;
  };
  return {
    distance: (query, row, most = Number.POSITIVE_INFINITY) =>
      search(query, row, 0, points.length, most),
  };
}

function middleOf(start: number, end: number): number {
  return (start + 1 + end) >> 1;
}
