import {
  type Axis,
  type Cover,
  countsOfWindows,
  covering,
  mapAxis,
  type PoolAttributes,
  poolWindowsOf,
  type Windows,
} from '../../windows.js';
import { type Graph, scalar, type Value } from '../graph.js';
import { elementwise, multiply } from './elementwise.js';
import { combine, coveredBy, type Picks, padFor, pickEach } from './gather.js';
import type { KernelRecorder, KernelRecorders } from './kernel.js';
import { concat, reshape } from './shape.js';

/** What lies under each tap of the pool, [batch, windows, channels]; `padding` is what is outside. */
function underTaps(graph: Graph, x: Value, windows: Windows, padding: number): Value[] {
  const { batch, vertical, horizontal } = windows;
  const positions = vertical.size * horizontal.size;
  const image = reshape(graph, x, [batch, positions, x.shape[3] as number]);
  const picks = coveredBy(windows);
  return pickEach(graph, padFor(graph, image, picks, padding), picks, positions);
}

function shapeOf({ batch, vertical, horizontal }: Windows, channels: number): number[] {
  return [batch, vertical.windows, horizontal.windows, channels];
}

const maxPool = (graph: Graph, { x }: { x: Value }, attributes: PoolAttributes): Value => {
  const windows = poolWindowsOf(x.shape, attributes);
  const terms = underTaps(graph, x, windows, Number.NEGATIVE_INFINITY);
  return reshape(graph, combine(graph, 'Max', terms), shapeOf(windows, x.shape[3] as number));
};

/** The mean of what lies in the image: padding does not count. */
const averagePool = (graph: Graph, { x }: { x: Value }, attributes: PoolAttributes): Value => {
  const windows = poolWindowsOf(x.shape, attributes);
  const shape = shapeOf(windows, x.shape[3] as number);
  const sums = reshape(graph, combine(graph, 'Add', underTaps(graph, x, windows, 0)), shape);
  const shares = countsOfWindows(windows).map((count) => 1 / count);
  const same = shares.every((share) => share === shares[0]);
  const factor = same
    ? scalar(graph, shares[0] as number)
    : graph.constant(Float32Array.from(shares), [...shape.slice(1, 3), 1], 'float32');
  return multiply(graph, sums, factor);
};

/** Each slope goes to the first of the largest under its window. */
const maxPoolGrad: KernelRecorder = (
  graph,
  { dy, input: x, output: y }: { dy: Value; input: Value; output: Value },
  attributes: PoolAttributes,
) => {
  const windows = poolWindowsOf(x.shape, attributes);
  const { batch, vertical, horizontal } = windows;
  const channels = x.shape[3] as number;
  const count = vertical.windows * horizontal.windows;
  const [slopes, largest] = [dy, y].map((value) =>
    reshape(graph, value, [batch, count, channels]),
  ) as [Value, Value];

  let earlier: Value | undefined;
  const parts = underTaps(graph, x, windows, Number.NEGATIVE_INFINITY).map((part) => {
    const equal = elementwise(graph, 'Equal', [part, largest], 'bool');
    const first = earlier
      ? elementwise(graph, 'And', [equal, elementwise(graph, 'Not', [earlier])])
      : equal;
    earlier = earlier ? elementwise(graph, 'Or', [earlier, equal]) : equal;
    return elementwise(graph, 'Where', [first, slopes, scalar(graph, 0)]);
  });

  // All windows of the first tap, then all of the second, and so on.
  const all = concat(graph, parts, 1);
  const at = (axis: Axis<Cover>, window: number, tap: number) =>
    mapAxis(axis, (cover) => cover.at * window + cover.tap * tap);
  const picks: Picks = {
    vertical: at(covering(vertical), horizontal.windows, horizontal.taps * count),
    horizontal: at(covering(horizontal), 1, count),
  };
  const terms = pickEach(graph, padFor(graph, all, picks), picks, all.shape[1] as number);
  return reshape(graph, combine(graph, 'Add', terms), x.shape);
};

export const poolKernels: KernelRecorders = {
  AvgPool: averagePool,
  MaxPool: maxPool,
  MaxPoolGrad: maxPoolGrad,
};
