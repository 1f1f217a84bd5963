import { type Axis, list, mapAxis } from '../../windows.js';
import { type Graph, int64s, type Value } from '../graph.js';
import { gather, pickPadded } from './gather.js';
import { concat, reshape } from './shape.js';

/** What is at even places, and what is at odd ones. */
export type Pair<Item = Value> = readonly [even: Item, odd: Item];

/**
 * The blocks of an image [batch, height, width, channels] at even and at odd places. Axes say for
 * each block the positions in it; what is outside the image is zero.
 */
export function splitByParity(graph: Graph, image: Value, rows: Axis, columns: Axis): Pair[] {
  const [batch = 1, height = 1, width = 1, channels = 1] = image.shape;
  const pixels = reshape(graph, image, [batch, height * width, channels]);
  const everyOther = (axis: Axis, first: number) => axis.filter((_, k) => k % 2 === first);
  const size = (rows[0]?.length ?? 1) * (columns[0]?.length ?? 1) * channels;
  const pick = (v: number, h: number) => {
    const vertical = mapAxis(everyOther(rows, v), (row) => row * width);
    const horizontal = everyOther(columns, h);
    const blocks = pickPadded(graph, pixels, { vertical, horizontal });
    return reshape(graph, blocks, [batch, vertical.length, horizontal.length, size]);
  };
  return [0, 1].map((v) => [pick(v, 0), pick(v, 1)]);
}

/** Where a position is among blocks of a stride, those at even and at odd places apart. */
export interface BlockPosition {
  readonly parity: number;
  readonly index: number;
  readonly within: number;
}

export function placesOf(count: number, stride = 1, first = 0): BlockPosition[] {
  return list(count, (k) => {
    const block = Math.floor((first + k) / stride);
    return { parity: block % 2, index: Math.floor(block / 2), within: (first + k) % stride };
  });
}

/** The image [batch, height, width, channels] at given places of the blocks that it was split in. */
export function joinParities(
  graph: Graph,
  parts: readonly Pair[],
  rows: readonly BlockPosition[],
  columns: readonly BlockPosition[],
  [down, across]: readonly [number, number] = [1, 1],
): Value {
  const [[blocks]] = parts as readonly [Pair];
  const [batch = 1, , , size = 1] = blocks.shape;
  const channels = size / (down * across);
  const flat = parts.map((row) =>
    row.map((blocks) => {
      const [, height = 1, width = 1] = blocks.shape;
      return reshape(graph, blocks, [batch, height * width * down * across, channels]);
    }),
  );
  let length = 0;
  const starts = flat.map((row) =>
    row.map(({ shape }) => {
      length += shape[1] as number;
      return length - (shape[1] as number);
    }),
  );
  const positions = rows.flatMap((row) =>
    columns.map((column) => {
      const width = parts[row.parity]?.[column.parity]?.shape[2] as number;
      const block = row.index * width + column.index;
      const start = starts[row.parity]?.[column.parity] as number;
      return start + (block * down + row.within) * across + column.within;
    }),
  );
  const pixels = gather(graph, concat(graph, flat.flat(), 1), int64s(graph, positions), 1);
  return reshape(graph, pixels, [batch, rows.length, columns.length, channels]);
}
