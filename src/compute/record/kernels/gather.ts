import { sizeOf } from '../../tensor.js';
import { broadcast, type Graph, int64s, scalar, type Value } from '../graph.js';
import { elementwise } from './elementwise.js';
import { concat, reshape, transpose } from './shape.js';
import type { Axis } from './windows.js';

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

function gather(graph: Graph, x: Value, places: Value, axis: number): Value {
  const shape = x.shape.with(axis, places.shape[0] as number);
  return graph.node('Gather', [x, places], { shape, dtype: x.dtype }, { axis: { int: axis } });
}

/** The sum, over all pairs of taps, of what `pick` picks: [batch, places, channels]. */
export function sumPicks(graph: Graph, x: Value, picks: Picks, zero: number): Value {
  const { vertical, horizontal } = picks;
  let terms = vertical[0]?.flatMap((_, i) =>
    (horizontal[0] ?? []).map((_, j) =>
      pick(graph, x, { vertical: tap(vertical, i), horizontal: tap(horizontal, j) }, zero),
    ),
  ) as Value[];
  // Pairs of pairs: an operator for the sum of many takes longer.
  while (terms.length > 1) {
    terms = terms.flatMap((term, k) => {
      const next = terms[k + 1];
      return k % 2 === 1 ? [] : [next ? elementwise(graph, 'Add', [term, next]) : term];
    });
  }
  return terms[0] as Value;
}

/** x [batch, length, channels] with zeros as a last element. */
export function withZero(graph: Graph, x: Value): Value {
  const [batch = 1, , channels = 1] = x.shape;
  const zeros = broadcast(scalar(graph, 0, x.dtype), [batch, 1, channels]);
  return concat(graph, [x, zeros], 1);
}

/** Whether some offset picks a zero. */
export function isPadded({ vertical, horizontal }: Picks): boolean {
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
