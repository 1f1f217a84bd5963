import { ComputeError } from '../../errors.js';
import type { Node, Value } from '../record/graph.js';
import { anyBatch } from '../tensor.js';

/** The size of the batch, [1]; pruned where no operator needs it. */
const batchSize: Value = { name: '#batch', shape: [1], dtype: 'int64' };

/** The operator that measures the batch by an input. */
export function measureBatch(inputs: readonly Value[]): Node[] {
  const input = inputs.find(({ shape }) => shape[0] === anyBatch);
  if (!input) return [];
  const attributes = { start: { int: 0 }, end: { int: 1 } };
  return [{ operator: 'Shape', inputs: [input], outputs: [batchSize], attributes }];
}

/** A shape for Reshape, in which one size can be left open. */
export function mergeShapes(a: Value, b: Value, [one, other]: readonly [number, number]): Value {
  let open = 0;
  const shape = mergeSizes(numbersOf(a), numbersOf(b), (x, y) => {
    open++;
    if (open === 1 && x * other === y * one) return -1;
    throw differs("what operator 'Reshape' is given");
  });
  return open === 0 ? a : shapeConstant(shape);
}

/** A shape for Expand, called `name`: every size of the batch in it is put there by each run. */
export function measureShape(
  a: Value,
  b: Value,
  [one, other]: readonly [number, number],
  name: string,
): { nodes: Node[]; value: Value } {
  const shape = mergeSizes(numbersOf(a), numbersOf(b), (x, y) => {
    if (x === one && y === other) return anyBatch;
    throw differs("what operator 'Expand' is given");
  });
  if (!shape.includes(anyBatch)) return { nodes: [], value: a };
  const value: Value = { name, shape: a.shape, dtype: 'int64' };
  const parts = shape.map((size) => (size === anyBatch ? batchSize : shapeConstant([size])));
  const attributes = { axis: { int: 0 } };
  return { nodes: [{ operator: 'Concat', inputs: parts, outputs: [value], attributes }], value };
}

function shapeConstant(shape: readonly number[]): Value {
  return {
    name: `#shape[${shape}]`,
    shape: [shape.length],
    dtype: 'int64',
    constant: BigInt64Array.from(shape, BigInt),
  };
}

function numbersOf({ constant }: Value): number[] {
  return Array.from(constant ?? [], Number);
}

/** The sizes of both shapes; `open` gives one where they differ. */
export function mergeSizes(
  a: readonly number[],
  b: readonly number[],
  open: (x: number, y: number) => number,
): number[] {
  if (a.length !== b.length) throw differs('the number of dimensions');
  return a.map((x, axis) => (x === b[axis] ? x : open(x, b[axis] as number)));
}

/** A graph that is another one for another batch. */
export function differs(what: string): ComputeError {
  return new ComputeError(
    `a function whose graph depends on the size of the batch cannot be exported: ${what}. Write it ` +
      'so that only leading dimensions follow the batch',
  );
}
