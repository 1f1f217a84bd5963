import type { Random } from '../../../src/random.js';
import { joinSlices, pixels, type Slices, shape } from './slices.js';

/** Rotation in radians, scale, shift and elastic displacement in pixels, logarithm of gamma: deviations. */
const deviations = { rotation: 0.15, scale: 0.1, shift: 2, elastic: 1.5, gamma: 0.3 } as const;
/** Knots of the elastic displacement along each axis. */
const knots = 5;

/** Where each pixel of a deformed slice comes from. */
interface Deformation {
  readonly y: Float32Array;
  readonly x: Float32Array;
}

/** Slices and their labels, deformed alike; each `times` times, anew. Brightness changes by a gamma. */
export function deformSlices(slices: Slices, times: number, random: Random): Slices {
  const [images, labels]: [Uint8Array[], Uint8Array[]] = [[], []];
  for (let k = 0; k < times * slices.count; k++) {
    const own = random.fork(k);
    const from = (k % slices.count) * pixels;
    const deformation = drawDeformation(own);
    const gamma = Math.exp(deviations.gamma * (normals(own, 1)[0] as number));
    const image = bilinear(slices.images.subarray(from, from + pixels), deformation);
    images.push(image.map((value) => Math.round(255 * (value / 255) ** gamma)));
    labels.push(nearest(slices.labels.subarray(from, from + pixels), deformation));
  }
  return joinSlices(images, labels);
}

const normals = (random: Random, count: number) => random.fillNormal(new Float32Array(count));

function drawDeformation(random: Random): Deformation {
  const [turn = 0, stretch = 0, down = 0, right = 0] = normals(random.fork('affine'), 4);
  const angle = deviations.rotation * turn;
  const scale = Math.exp(deviations.scale * stretch);
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const elastic = [0, 1].map((axis) =>
    smoothField(normals(random.fork('elastic', axis), knots ** 2)),
  );
  const [middleY, middleX] = [(shape.height - 1) / 2, (shape.width - 1) / 2];
  const [y, x] = [new Float32Array(pixels), new Float32Array(pixels)];
  for (let k = 0; k < pixels; k++) {
    const [v, u] = [Math.floor(k / shape.width) - middleY, (k % shape.width) - middleX];
    const bent = (axis: number) => deviations.elastic * (elastic[axis]?.[k] as number);
    y[k] = middleY + cos * v - sin * u + deviations.shift * down + bent(0);
    x[k] = middleX + sin * v + cos * u + deviations.shift * right + bent(1);
  }
  return { y, x };
}

/** Values at knots, smooth between them. */
function smoothField(values: Float32Array): Float32Array {
  const between = (at: number, length: number) => {
    const place = (at / (length - 1)) * (knots - 1);
    const knot = Math.min(Math.floor(place), knots - 2);
    return { knot, share: (1 - Math.cos(Math.PI * (place - knot))) / 2 };
  };
  return Float32Array.from({ length: pixels }, (_, k) => {
    const [v, u] = [
      between(Math.floor(k / shape.width), shape.height),
      between(k % shape.width, shape.width),
    ];
    const at = (row: number, column: number) => values[row * knots + column] as number;
    const row = (own: number) => at(own, u.knot) * (1 - u.share) + at(own, u.knot + 1) * u.share;
    return row(v.knot) * (1 - v.share) + row(v.knot + 1) * v.share;
  });
}

/** The pixel at a place; what lies beyond an edge is 0. */
function pixelAt(slice: Uint8Array, row: number, column: number): number {
  const isInside = row >= 0 && row < shape.height && column >= 0 && column < shape.width;
  return isInside ? (slice[row * shape.width + column] as number) : 0;
}

function bilinear(slice: Uint8Array, { y, x }: Deformation): Uint8Array {
  return Uint8Array.from({ length: pixels }, (_, k) => {
    const [row, column] = [Math.floor(y[k] as number), Math.floor(x[k] as number)];
    const [v, u] = [(y[k] as number) - row, (x[k] as number) - column];
    const line = (own: number) =>
      pixelAt(slice, own, column) * (1 - u) + pixelAt(slice, own, column + 1) * u;
    return Math.round(line(row) * (1 - v) + line(row + 1) * v);
  });
}

function nearest(slice: Uint8Array, { y, x }: Deformation): Uint8Array {
  return Uint8Array.from({ length: pixels }, (_, k) =>
    pixelAt(slice, Math.round(y[k] as number), Math.round(x[k] as number)),
  );
}
