import { sizeOf } from '../../tensor.js';
import { type Axis, covered, list, mapAxis, type Windows, windowsUnder } from '../../windows.js';
import { type Graph, int64s, type Value } from '../graph.js';
import { elementwise } from './elementwise.js';
import { pad, reshape, transpose } from './shape.js';

/** Elements to pick: for each pair of places and each pair of taps, the sum of two offsets. */
export interface Picks {
  readonly vertical: Axis;
  readonly horizontal: Axis;
}

/**
 * Picks elements of x [batch, length, channels], whole channels at a time. The result is [batch,
 * picked, channels], ordered by place, place, tap, tap. An undefined offset picks the element at
 * `zero`, the last one.
 */
export function pick(graph: Graph, x: Value, picks: Picks, zero: number): Value {
  const [batch = 1, length, channels = 1] = x.shape;
  const { vertical, horizontal } = picks;
  const shape = [vertical.length, horizontal.length, taps(vertical), taps(horizontal)];
  const count = sizeOf(shape);
  if (count === length && isInOrder(picks)) return x;
  // onnxruntime computes the table once, when it loads the graph; written out it is far longer.
  const sides = [
    side(graph, vertical, zero, [vertical.length, 1, taps(vertical), 1]),
    side(graph, horizontal, zero, [1, horizontal.length, 1, taps(horizontal)]),
  ];
  const sum = graph.node('Add', sides, { shape, dtype: 'int64' });
  const index = isPadded(picks)
    ? graph.node('Min', [sum, int64s(graph, [zero])], { shape, dtype: 'int64' })
    : sum;
  const places = reshape(graph, index, [count]);
  if (channels < fewChannels && channels < batch) return pickAcrossBatch(graph, x, places);
  return gather(graph, x, places, 1);
}

/** Channels below which picking them costs by the pick, not by what is moved. */
const fewChannels = 8;

/** What `gather` along axis 1 gives, with the batch innermost meanwhile: it moves long runs. */
function pickAcrossBatch(graph: Graph, x: Value, places: Value): Value {
  const [batch = 1, length = 1, channels = 1] = x.shape;
  const [count = 1] = places.shape;
  const turned = transpose(graph, reshape(graph, x, [batch, length * channels]), [1, 0]);
  const picked = gather(graph, reshape(graph, turned, [length, channels * batch]), places, 0);
  const back = transpose(graph, reshape(graph, picked, [count * channels, batch]), [1, 0]);
  return reshape(graph, back, [batch, count, channels]);
}

/** Whole slices of x along an axis. */
export function gather(graph: Graph, x: Value, places: Value, axis: number): Value {
  const shape = x.shape.with(axis, places.shape[0] as number);
  return graph.node('Gather', [x, places], { shape, dtype: x.dtype }, { axis: { int: axis } });
}

/** What `pick` picks by each pair of taps alone: [batch, places, channels] each. */
export function pickEach(graph: Graph, x: Value, picks: Picks, zero: number): Value[] {
  const { vertical, horizontal } = picks;
  return list(taps(vertical), (i) =>
    list(taps(horizontal), (j) =>
      pick(graph, x, { vertical: tap(vertical, i), horizontal: tap(horizontal, j) }, zero),
    ),
  ).flat();
}

/** All values in one, by an operator of two. */
export function combine(graph: Graph, operator: 'Add' | 'Max', values: readonly Value[]): Value {
  // Pairs of pairs: onnxruntime's own operators for many take longer.
  let terms = values;
  while (terms.length > 1) {
    terms = terms.flatMap((term, k) => {
      const next = terms[k + 1];
      return k % 2 === 1 ? [] : [next ? elementwise(graph, operator, [term, next]) : term];
    });
  }
  return terms[0] as Value;
}

/** x [batch, length, channels] with one more element, if the picks need it. */
export function padFor(graph: Graph, x: Value, picks: Picks, value = 0): Value {
  const amounts = [
    [0, 0],
    [0, isPadded(picks) ? 1 : 0],
    [0, 0],
  ] as const;
  return pad(graph, x, amounts, value);
}

/** What `pick` picks of x without a last element of zeros, as if it had one. */
export function pickPadded(graph: Graph, x: Value, picks: Picks): Value {
  return pick(graph, padFor(graph, x, picks), picks, x.shape[1] as number);
}

/** Picks for all that is under each window of an image whose rows follow one another. */
export function coveredBy({ vertical, horizontal }: Windows): Picks {
  return {
    vertical: mapAxis(covered(vertical), (row) => row * horizontal.size),
    horizontal: covered(horizontal),
  };
}

/** Picks for all windows over each position of an image, tap by tap. */
export function windowsOver({ vertical, horizontal }: Windows): Picks {
  return {
    vertical: mapAxis(windowsUnder(vertical), (window) => window * horizontal.windows),
    horizontal: windowsUnder(horizontal),
  };
}

/** Whether some offset picks a zero. */
function isPadded({ vertical, horizontal }: Picks): boolean {
  return [...vertical, ...horizontal].some((offsets) => offsets.includes(undefined));
}

function isInOrder({ vertical, horizontal }: Picks): boolean {
  let next = 0;
  return vertical.every((rows) =>
    horizontal.every((columns) =>
      rows.every((row) => columns.every((column) => (row ?? -1) + (column ?? -1) === next++)),
    ),
  );
}

function side(graph: Graph, axis: Axis, zero: number, shape: readonly number[]): Value {
  const offsets = axis.flat().map((offset) => offset ?? zero);
  return reshape(graph, int64s(graph, offsets), shape);
}

function tap(axis: Axis, k: number): Axis {
  return axis.map((offsets) => [offsets[k]]);
}

function taps(axis: Axis): number {
  return axis[0]?.length ?? 0;
}
