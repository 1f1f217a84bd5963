import {
  type Axis,
  type Cover,
  covered,
  covering,
  mapAxis,
  type WindowAttributes,
  type Windows,
  windowsOf,
} from '../../windows.js';
import type { Graph, Value } from '../graph.js';
import { inputByPhases } from './convolution-phases.js';
import {
  combine,
  coveredBy,
  type Picks,
  padFor,
  pickEach,
  pickPadded,
  windowsOver,
} from './gather.js';
import type { KernelRecorders } from './kernel.js';
import { matMul } from './matmul.js';
import {
  convolveMinimally,
  filterMinimally,
  filtersMinimally,
  inputMinimally,
} from './minimal-filtering.js';
import { reshape, transpose } from './shape.js';

// A convolution is one product: of the patches under its windows and the filter. Where it makes
// few channels of many, the product comes first and what belongs together is summed after it: less
// is moved this way. Images stay as they are throughout, channels last.

/** How many times fewer channels must go out than in for the product to come first. */
const worthwhile = 3;

interface Operands {
  readonly x: Value;
  readonly dy: Value;
  /** [height, width, inputs, outputs] */
  readonly filter: Value;
}

function conv2d(graph: Graph, { x, filter }: Operands, attributes: WindowAttributes): Value {
  const windows = windowsOf(x.shape, filter.shape, attributes);
  if (filtersMinimally(windows, filter.shape)) return convolveMinimally(graph, x, filter, windows);
  const { batch, vertical, horizontal } = windows;
  const [inputs, outputs] = channelsOf(filter);
  const taps = vertical.taps * horizontal.taps;
  const shape = [batch, vertical.windows, horizontal.windows, outputs];
  if (!narrows(windows, inputs, outputs)) {
    const matrix = reshape(graph, filter, [taps * inputs, outputs]);
    return reshape(graph, matMul(graph, patches(graph, x, windows), matrix), shape);
  }
  const matrix = transpose(graph, reshape(graph, filter, [taps, inputs, outputs]), [1, 0, 2]);
  const at = (axis: Axis) => mapAxis(axis, (position, tap): Cover => ({ at: position, tap }));
  const picks = tapsOf(windows, at(covered(vertical)), at(covered(horizontal)), horizontal.size);
  const image = reshape(graph, x, [batch, vertical.size * horizontal.size, inputs]);
  const columns = reshape(graph, matrix, [inputs, taps * outputs]);
  return reshape(graph, multiplyThenSum(graph, image, columns, taps, picks), shape);
}

/** The gradient by the input, and the transposed convolution. */
function conv2dInput(
  graph: Graph,
  { dy, filter }: Operands,
  attributes: WindowAttributes & { inputShape: readonly number[] },
): Value {
  const windows = windowsOf(attributes.inputShape, filter.shape, attributes);
  const { batch, vertical, horizontal } = windows;
  if (filtersMinimally(windows, filter.shape)) return inputMinimally(graph, dy, filter, windows);
  const [inputs, outputs] = channelsOf(filter);
  const count = vertical.windows * horizontal.windows;
  const slopes = reshape(graph, dy, [batch, count, outputs]);
  if (inputs * worthwhile > outputs) return inputByPhases(graph, slopes, filter, windows);
  const taps = vertical.taps * horizontal.taps;
  const picks = tapsOf(windows, covering(vertical), covering(horizontal), horizontal.windows);
  const rows = transpose(graph, reshape(graph, filter, [taps * inputs, outputs]), [1, 0]);
  const image = multiplyThenSum(graph, slopes, rows, taps, picks);
  return reshape(graph, image, attributes.inputShape);
}

function conv2dFilter(
  graph: Graph,
  { x, dy }: Operands,
  attributes: WindowAttributes & { filterShape: readonly number[] },
): Value {
  const { filterShape } = attributes;
  const windows = windowsOf(x.shape, filterShape, attributes);
  if (filtersMinimally(windows, filterShape)) {
    return filterMinimally(graph, x, dy, windows, filterShape);
  }
  const { batch, vertical, horizontal } = windows;
  const [inputs, outputs] = filterShape.slice(2) as [number, number];
  const taps = vertical.taps * horizontal.taps;
  const count = vertical.windows * horizontal.windows;
  if (!narrows(windows, inputs, outputs)) {
    const slopes = reshape(graph, dy, [batch * count, outputs]);
    const product = matMul(graph, patches(graph, x, windows), slopes, { transposeA: true });
    return reshape(graph, product, filterShape);
  }
  // For each position of the image the slopes of the windows that have it under each tap.
  const rows = reshape(graph, dy, [batch, count, outputs]);
  const slopes = pickPadded(graph, rows, windowsOver(windows));
  const positions = batch * vertical.size * horizontal.size;
  const product = matMul(
    graph,
    reshape(graph, x, [positions, inputs]),
    reshape(graph, slopes, [positions, taps * outputs]),
    { transposeA: true },
  );
  const byTap = transpose(graph, reshape(graph, product, [inputs, taps, outputs]), [1, 0, 2]);
  return reshape(graph, byTap, filterShape);
}

/** Whether the product should come first. Windows with a stride would have it work in vain. */
function narrows({ vertical, horizontal }: Windows, inputs: number, outputs: number): boolean {
  const dense = vertical.stride === 1 && horizontal.stride === 1;
  const plain = vertical.dilation === 1 && horizontal.dilation === 1;
  return dense && plain && outputs * worthwhile <= inputs;
}

/** What is under each window: [windows, taps × channels]. */
function patches(graph: Graph, x: Value, windows: Windows): Value {
  const { batch, vertical, horizontal } = windows;
  const channels = x.shape[3] as number;
  const image = reshape(graph, x, [batch, vertical.size * horizontal.size, channels]);
  const rows = batch * vertical.windows * horizontal.windows;
  const columns = vertical.taps * horizontal.taps * channels;
  return reshape(graph, pickPadded(graph, image, coveredBy(windows)), [rows, columns]);
}

/** x [batch, length, inputs] times columns [inputs, taps × outputs], then sums of picked taps. */
function multiplyThenSum(
  graph: Graph,
  x: Value,
  columns: Value,
  taps: number,
  picks: Picks,
): Value {
  const padded = padFor(graph, x, picks);
  const [batch = 1, length = 1, inputs = 1] = padded.shape;
  const outputs = (columns.shape[1] as number) / taps;
  const rows = reshape(graph, padded, [batch * length, inputs]);
  const product = reshape(graph, matMul(graph, rows, columns), [batch, length * taps, outputs]);
  const terms = pickEach(graph, product, picks, (x.shape[1] as number) * taps);
  return combine(graph, 'Add', terms);
}

/** Positions in a product whose rows have all taps, one after the other. */
function tapsOf(windows: Windows, rows: Axis<Cover>, columns: Axis<Cover>, width: number): Picks {
  const across = windows.horizontal.taps;
  const taps = windows.vertical.taps * across;
  return {
    vertical: mapAxis(rows, ({ at, tap }) => at * width * taps + tap * across),
    horizontal: mapAxis(columns, ({ at, tap }) => at * taps + tap),
  };
}

function channelsOf(filter: Value): [number, number] {
  return filter.shape.slice(2) as [number, number];
}

export const convolutionKernels: KernelRecorders = {
  Conv2D: conv2d,
  Conv2DBackpropFilter: conv2dFilter,
  Conv2DBackpropInput: conv2dInput,
};
