import {
  countsOf,
  linear,
  type Mixture,
  nearest,
  type ResizeRule,
  shareOf,
} from '../../mixture.js';
import { list } from '../../windows.js';
import type { Graph, Value } from '../graph.js';
import { elementwise } from './elementwise.js';
import type { KernelRecorder, KernelRecorders } from './kernel.js';
import { take } from './rearrange.js';

/** Each element of an axis as a weighted sum of elements of x there; each has a share at least. */
function mix(graph: Graph, x: Value, axis: number, mixture: Mixture): Value {
  const { most } = countsOf(mixture);
  const terms = list(most, (k) => {
    const { from, weights } = shareOf(mixture, k, 0);
    const taken = take(graph, x, from, axis);
    const known = mixture.map((shares, at) => (k < shares.length ? (weights[at] as number) : 0));
    if (known.every((weight) => weight === 1)) return taken;
    const along = x.shape.map((_, other) => (other === axis ? known.length : 1));
    const factors = graph.constant(Float32Array.from(known), along, 'float32');
    return elementwise(graph, 'Mul', [taken, factors]);
  });
  return terms.reduce((sum, term) => elementwise(graph, 'Add', [sum, term]));
}

const resize =
  (mixture: typeof nearest): KernelRecorder =>
  (graph, { images }: { images: Value }, attributes: ResizeRule & { size: [number, number] }) => {
    const [height, width] = attributes.size;
    const [, rows = 1, columns = 1] = images.shape;
    const tall = mix(graph, images, 1, mixture(rows, height, attributes));
    return mix(graph, tall, 2, mixture(columns, width, attributes));
  };

export const resizeKernels: KernelRecorders = {
  ResizeBilinear: resize(linear),
  ResizeNearestNeighbor: resize(nearest),
};
