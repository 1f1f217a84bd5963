import { list, type WindowAttributes, type Windows, windowsOf } from '../../windows.js';
import type { Graph, Value } from '../graph.js';
import { multiply } from './elementwise.js';
import { combine, coveredBy, type Picks, padFor, pickEach, windowsOver } from './gather.js';
import type { KernelRecorders } from './kernel.js';
import { sum } from './reduce.js';
import { concat, reshape, slice } from './shape.js';

// Each channel has filters of its own, so there is no product of matrices: tap by tap, what lies
// under it is multiplied by its weights.

interface Operands {
  readonly x: Value;
  readonly dy: Value;
  /** [height, width, channels, multiplier] */
  readonly filter: Value;
}

function forward(graph: Graph, { x, filter }: Operands, attributes: WindowAttributes): Value {
  const windows = windowsOf(x.shape, filter.shape, attributes);
  const { batch, vertical, horizontal } = windows;
  const [channels, multiplier] = filter.shape.slice(2) as [number, number];
  const weights = tapsOf(graph, filter);
  const terms = underTaps(graph, x, windows).map((part, tap) =>
    multiply(graph, part, weights[tap] as Value),
  );
  const shape = [batch, vertical.windows, horizontal.windows, channels * multiplier];
  return reshape(graph, combine(graph, 'Add', terms), shape);
}

function byInput(
  graph: Graph,
  { dy, filter }: Operands,
  attributes: WindowAttributes & { inputShape: readonly number[] },
): Value {
  const windows = windowsOf(attributes.inputShape, filter.shape, attributes);
  const { batch, vertical, horizontal } = windows;
  const [channels, multiplier] = filter.shape.slice(2) as [number, number];
  const slopes = reshape(graph, dy, [
    batch,
    vertical.windows * horizontal.windows,
    channels * multiplier,
  ]);
  const weights = tapsOf(graph, filter);
  const places = vertical.size * horizontal.size;
  const terms = eachPadded(graph, slopes, windowsOver(windows)).map((part, tap) =>
    multiply(
      graph,
      reshape(graph, part, [batch, places, channels, multiplier]),
      weights[tap] as Value,
    ),
  );
  return reshape(graph, sum(graph, combine(graph, 'Add', terms), [3]), attributes.inputShape);
}

function byFilter(
  graph: Graph,
  { x, dy }: Operands,
  attributes: WindowAttributes & { filterShape: readonly number[] },
): Value {
  const { filterShape } = attributes;
  const windows = windowsOf(x.shape, filterShape, attributes);
  const { batch, vertical, horizontal } = windows;
  const [channels, multiplier] = filterShape.slice(2) as [number, number];
  const places = vertical.windows * horizontal.windows;
  const slopes = reshape(graph, dy, [batch, places, channels, multiplier]);
  const sums = underTaps(graph, x, windows).map((part) =>
    reshape(graph, sum(graph, multiply(graph, part, slopes), [0, 1]), [1, channels * multiplier]),
  );
  return reshape(graph, concat(graph, sums, 0), filterShape);
}

/** What lies under each tap: [batch, windows, channels, 1]. */
function underTaps(graph: Graph, x: Value, windows: Windows): Value[] {
  const { batch, vertical, horizontal } = windows;
  const channels = x.shape[3] as number;
  const image = reshape(graph, x, [batch, vertical.size * horizontal.size, channels]);
  const places = vertical.windows * horizontal.windows;
  return eachPadded(graph, image, coveredBy(windows)).map((part) =>
    reshape(graph, part, [batch, places, channels, 1]),
  );
}

function eachPadded(graph: Graph, x: Value, picks: Picks): Value[] {
  return pickEach(graph, padFor(graph, x, picks), picks, x.shape[1] as number);
}

/** The weights of each tap: [channels, multiplier]. */
function tapsOf(graph: Graph, filter: Value): Value[] {
  const [height = 1, width = 1, channels = 1, multiplier = 1] = filter.shape;
  const flat = reshape(graph, filter, [height * width, channels, multiplier]);
  return list(height * width, (tap) =>
    reshape(graph, slice(graph, flat, [tap, 0, 0], [1, channels, multiplier]), [
      channels,
      multiplier,
    ]),
  );
}

export const depthwiseKernels: KernelRecorders = {
  DepthwiseConv2dNative: forward,
  DepthwiseConv2dNativeBackpropFilter: byFilter,
  DepthwiseConv2dNativeBackpropInput: byInput,
};
