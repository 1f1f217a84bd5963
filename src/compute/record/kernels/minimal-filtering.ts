import { covered, list, type WindowAxis, type Windows } from '../../windows.js';
import type { Graph, Value } from '../graph.js';
import { elementwise } from './elementwise.js';
import { matMul } from './matmul.js';
import { joinParities, type Pair, placesOf, splitByParity } from './parities.js';
import { concat, pad, reshape, slice, transpose } from './shape.js';

// Minimal filtering (Winograd 1980; Lavin and Gray 2016), for filters twice as long as their
// stride, such as DCGAN's 4 × 4 with stride 2. In blocks of a stride such a filter has two taps
// along an axis, and three products give what two windows sum of four:
//   y0 = d0 g0 + d1 g1 = (d0 − d1) g0 + d1 (g0 + g1)
//   y1 = d1 g0 + d2 g1 = d1 (g0 + g1) + (d2 − d1) g1
// Here d is a block of the image, of all its channels, and g a matrix from them to the outputs. A
// last window without a second is the first line alone. The gradients are the same, turned around.
//
// Values are [batch, rows, columns, channels]: pairs of those at even and at odd places, or triples
// for the products with g0, g0 + g1 and g1; along the rows, and in these along the columns.

type Triple = readonly [first: Value, both: Value, second: Value];

/** Inputs and outputs below which the sums cost more than is gained: as measured. */
const leastChannels = 8;

/** Whether fewer products gain more than the sums cost. */
export function filtersMinimally(
  { vertical, horizontal }: Windows,
  [, , inputs = 1, outputs = 1]: readonly number[],
): boolean {
  const fits = ({ taps, stride, dilation, windows }: WindowAxis) =>
    taps === 2 * stride && dilation === 1 && windows > 1;
  const gains = Math.min(inputs, outputs) >= leastChannels;
  return fits(vertical) && fits(horizontal) && gains;
}

/** The convolution of an image [batch, height, width, inputs]. */
export function convolveMinimally(graph: Graph, x: Value, filter: Value, windows: Windows): Value {
  const { vertical, horizontal } = windows;
  const taps = factorsOfTaps(graph, filter, windows);
  const products = multiply(graph, factorsOfBlocks(graph, x, windows), taps, false);
  const sums = alongBoth(graph, products, windows, sumForWindows);
  return joinParities(graph, sums, placesOf(vertical.windows), placesOf(horizontal.windows));
}

/** The gradient by the input, from slopes [batch, windows, windows, outputs]. */
export function inputMinimally(graph: Graph, dy: Value, filter: Value, windows: Windows): Value {
  const { vertical, horizontal } = windows;
  const taps = factorsOfTaps(graph, filter, windows);
  const products = multiply(graph, factorsOfSlopes(graph, dy, windows), taps, true);
  const blocks = alongBoth(graph, products, windows, sumForBlocks);
  const places = (axis: WindowAxis) => placesOf(lengthUnderWindows(axis), axis.stride, axis.before);
  const strides = [vertical.stride, horizontal.stride] as const;
  const image = joinParities(graph, blocks, places(vertical), places(horizontal), strides);
  const rest = (axis: WindowAxis) => [0, axis.size - lengthUnderWindows(axis)] as const;
  return pad(graph, image, [[0, 0], rest(vertical), rest(horizontal), [0, 0]]);
}

/** The gradient by the filter, from slopes [batch, windows, windows, outputs]. */
export function filterMinimally(
  graph: Graph,
  x: Value,
  dy: Value,
  windows: Windows,
  [height = 1, width = 1, inputs = 1, outputs = 1]: readonly number[],
): Value {
  const slopes = factorsOfSlopes(graph, dy, windows);
  const products = withEach(factorsOfBlocks(graph, x, windows), slopes, (blocks, slope) =>
    matMul(graph, rowsOf(graph, blocks), rowsOf(graph, slope), { transposeA: true }),
  );
  const taps = alongBoth(graph, products, windows, sumForTaps);
  const shape = [2, 2, height / 2, width / 2, inputs, outputs];
  const all = reshape(graph, concat(graph, taps.flat(), 0), shape);
  const filter = transpose(graph, all, [0, 2, 1, 3, 4, 5]);
  return reshape(graph, filter, [height, width, inputs, outputs]);
}

/** The blocks of an image, each [batch, rows, columns, block], that the taps are multiplied with. */
function factorsOfBlocks(graph: Graph, x: Value, windows: Windows): Triple[] {
  const blocks = (axis: WindowAxis) =>
    covered({ ...axis, windows: axis.windows + 1, taps: axis.stride });
  const parities = splitByParity(graph, x, blocks(windows.vertical), blocks(windows.horizontal));
  return alongBoth(graph, parities, windows, combineBlocks);
}

/** What slopes become before they are multiplied. */
function factorsOfSlopes(graph: Graph, dy: Value, windows: Windows): Triple[] {
  const each = (axis: WindowAxis) => list(axis.windows, (window) => [window]);
  const parities = splitByParity(graph, dy, each(windows.vertical), each(windows.horizontal));
  return alongBoth(graph, parities, windows, combineSlopes);
}

/** Matrices [block, outputs]. */
function factorsOfTaps(graph: Graph, filter: Value, windows: Windows): Triple[] {
  const [height = 1, width = 1, inputs = 1, outputs = 1] = filter.shape;
  const apart = reshape(graph, filter, [2, height / 2, 2, width / 2, inputs, outputs]);
  const block = (height / 2) * (width / 2) * inputs;
  const all = reshape(graph, transpose(graph, apart, [0, 2, 1, 3, 4, 5]), [4, block, outputs]);
  const tap = (k: number) =>
    reshape(graph, slice(graph, all, [k, 0, 0], [1, block, outputs]), [block, outputs]);
  const parities: Pair[] = [
    [tap(0), tap(1)],
    [tap(2), tap(3)],
  ];
  return alongBoth(graph, parities, windows, combineTaps);
}

/** What is done along one axis, of so many windows. */
type Along<From, To> = (graph: Graph, parts: From, axis: 1 | 2, windows: number) => To;

/** g0, g0 + g1 and g1. */
const combineTaps: Along<Pair, Triple> = (graph, [first, second]) => [
  first,
  add(graph, first, second),
  second,
];

/** d0 − d1, d1 and d2 − d1. */
const combineBlocks: Along<Pair, Triple> = (graph, [even, odd], axis, windows) => {
  const [firsts, seconds] = halvesOf(windows);
  return [
    subtract(graph, take(graph, even, axis, 0, firsts), odd),
    odd,
    subtract(graph, take(graph, even, axis, 1, seconds), take(graph, odd, axis, 0, seconds)),
  ];
};

/** y0 and y1. */
const sumForWindows: Along<Triple, Pair> = (graph, [first, both, second], axis, windows) => {
  const [, seconds] = halvesOf(windows);
  return [add(graph, first, both), add(graph, take(graph, both, axis, 0, seconds), second)];
};

// The gradients of these three, by what they take.

const sumForTaps: Along<Triple, Pair> = (graph, [first, both, second]) => [
  add(graph, first, both),
  add(graph, both, second),
];

const sumForBlocks: Along<Triple, Pair> = (graph, [first, both, second], axis, windows) => {
  const [firsts, seconds] = halvesOf(windows);
  const ended = extend(graph, first, axis, 0, seconds + 1 - firsts);
  const shifted = extend(graph, second, axis, 1, 0);
  const rest = subtract(graph, both, first);
  return [
    add(graph, ended, shifted),
    subtract(graph, rest, extend(graph, second, axis, 0, firsts - seconds)),
  ];
};

const combineSlopes: Along<Pair, Triple> = (graph, [even, odd], axis, windows) => {
  const [firsts, seconds] = halvesOf(windows);
  return [even, add(graph, even, extend(graph, odd, axis, 0, firsts - seconds)), odd];
};

/** How many windows are at even places, and how many at odd ones. */
function halvesOf(windows: number): [number, number] {
  return [Math.ceil(windows / 2), Math.floor(windows / 2)];
}

/** Along the columns, then along the rows. */
function alongBoth<From extends Pair | Triple, To extends Pair | Triple>(
  graph: Graph,
  parts: readonly From[],
  { vertical, horizontal }: Windows,
  change: Along<From, To>,
): To[] {
  const across = parts.map((row) => change(graph, row, 2, horizontal.windows));
  const down = list(across[0]?.length ?? 0, (h) =>
    change(graph, across.map((row) => row[h]) as unknown as From, 1, vertical.windows),
  );
  return list(down[0]?.length ?? 0, (v) => down.map((column) => column[v]) as unknown as To);
}

function withEach(
  parts: readonly Triple[],
  others: readonly Triple[],
  combine: (part: Value, other: Value) => Value,
): Triple[] {
  return parts.map(
    (row, v) => row.map((part, h) => combine(part, others[v]?.[h] as Value)) as unknown as Triple,
  );
}

/** Products of values with matrices, of their channels alone. */
function multiply(
  graph: Graph,
  parts: readonly Triple[],
  matrices: readonly Triple[],
  transposeB: boolean,
): Triple[] {
  return withEach(parts, matrices, (part, matrix) => {
    const product = matMul(graph, rowsOf(graph, part), matrix, { transposeB });
    return reshape(graph, product, [...part.shape.slice(0, 3), product.shape[1] as number]);
  });
}

/** The rows of the product, one for each place. */
function rowsOf(graph: Graph, x: Value): Value {
  const [batch = 1, rows = 1, columns = 1, channels = 1] = x.shape;
  return reshape(graph, x, [batch * rows * columns, channels]);
}

/** How much of an image the windows lie on. */
function lengthUnderWindows({ size, windows, stride, before }: WindowAxis): number {
  return Math.min(size, (windows + 1) * stride - before);
}

function take(graph: Graph, x: Value, axis: number, start: number, length: number): Value {
  const begin = x.shape.map((_, other) => (other === axis ? start : 0));
  return slice(graph, x, begin, x.shape.with(axis, length));
}

function extend(graph: Graph, x: Value, axis: number, before: number, after: number): Value {
  const around = x.shape.map((_, other) => (other === axis ? [before, after] : [0, 0]));
  return pad(graph, x, around as [number, number][]);
}

function add(graph: Graph, a: Value, b: Value): Value {
  return elementwise(graph, 'Add', [a, b]);
}

function subtract(graph: Graph, a: Value, b: Value): Value {
  return elementwise(graph, 'Sub', [a, b]);
}
