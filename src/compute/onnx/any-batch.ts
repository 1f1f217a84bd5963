import { ComputeError } from '../../errors.js';
import { type Plan, resultsOf } from '../plan/plan.js';
import type { Node, Value } from '../record/graph.js';
import { anyBatch, mapEntries } from '../tensor.js';

/** A plan that was recorded for batches of one size. */
export interface SizedPlan {
  readonly batch: number;
  readonly plan: Plan;
}

/**
 * Two plans of one function, for batches of two sizes → a plan for batches of any size. What the
 * plans differ in must be the batch: a dimension of inputs and outputs, which becomes `anyBatch`,
 * and the shapes that Reshape is given.
 *
 * @throws ComputeError when they differ otherwise.
 */
export function mergeBatchSizes(one: SizedPlan, other: SizedPlan): Plan {
  // Names may differ, for equal constants are shared; the places of values may not.
  const twins = new Map<string, string>();
  const pair = (a: Value | undefined, b: Value | undefined, what: string): Value => {
    if (!a || !b) throw differs(what);
    twins.set(a.name, b.name);
    const shape = mergeSizes(a.shape, b.shape, (x, y) => {
      if (x === one.batch && y === other.batch) return anyBatch;
      throw differs(`${what} has a size of ${x} or ${y}`);
    });
    return { ...a, shape };
  };
  const inputs = one.plan.inputs.map((input, k) =>
    pair(input, other.plan.inputs[k], `input '${input.name}'`),
  );
  if (one.plan.nodes.length !== other.plan.nodes.length) throw differs('the number of operators');
  const nodes = one.plan.nodes.map((node, k) => {
    const merged = mergeNodes(node, other.plan.nodes[k] as Node, twins, [one.batch, other.batch]);
    node.outputs.forEach(({ name }, output) => {
      twins.set(name, other.plan.nodes[k]?.outputs[output]?.name ?? '');
    });
    return merged;
  });
  resultsOf(one.plan).forEach((value, k) => {
    checkSame(value, resultsOf(other.plan)[k], twins, 'an output');
  });
  return {
    ...one.plan,
    inputs,
    nodes,
    outputs: mapEntries(one.plan.outputs, (value, name) =>
      pair(value, other.plan.outputs[name], `output '${name}'`),
    ),
  };
}

function mergeNodes(
  a: Node,
  b: Node,
  twins: ReadonlyMap<string, string>,
  batches: readonly [number, number],
): Node {
  const what = `operator '${a.operator}'`;
  if (
    a.operator !== b.operator ||
    a.inputs.length !== b.inputs.length ||
    describe(a) !== describe(b)
  ) {
    throw differs(what);
  }
  const inputs = a.inputs.map((value, k) => {
    const twin = b.inputs[k] as Value;
    if (a.operator === 'Reshape' && k === 1 && value.constant && twin.constant) {
      return mergeShapes(value, twin, batches);
    }
    checkSame(value, twin, twins, what);
    return value;
  });
  return { ...a, inputs };
}

function describe({ attributes }: Node): string {
  const inner = Object.values(attributes).some((attribute) => 'graph' in attribute);
  if (inner) throw new ComputeError('an operator with a graph inside cannot be exported');
  return JSON.stringify(attributes);
}

/** A shape for Reshape, in which one size can be left open. */
function mergeShapes(a: Value, b: Value, [one, other]: readonly [number, number]): Value {
  const [first, second] = [a, b].map(({ constant }) => Array.from(constant ?? [], Number)) as [
    number[],
    number[],
  ];
  let open = 0;
  const shape = mergeSizes(first, second, (x, y) => {
    open++;
    if (open === 1 && x * other === y * one) return -1;
    throw differs("what operator 'Reshape' is given");
  });
  return open === 0
    ? a
    : { ...a, name: `#shape[${shape}]`, constant: BigInt64Array.from(shape, BigInt) };
}

function mergeSizes(
  a: readonly number[],
  b: readonly number[],
  open: (x: number, y: number) => number,
): number[] {
  if (a.length !== b.length) throw differs('the number of dimensions');
  return a.map((x, axis) => (x === b[axis] ? x : open(x, b[axis] as number)));
}

/** Raises unless both are the same constant, or values at the same place. */
function checkSame(
  a: Value,
  b: Value | undefined,
  twins: ReadonlyMap<string, string>,
  what: string,
): void {
  const same =
    a.constant && b?.constant
      ? String(a.shape) === String(b.shape) && sameNumbers(a.constant, b.constant)
      : twins.get(a.name) === b?.name;
  if (!same) throw differs(`what ${what} is given`);
}

function sameNumbers(a: ArrayLike<number | bigint>, b: ArrayLike<number | bigint>): boolean {
  if (a === b) return true;
  return a.length === b.length && Array.from(a).every((value, k) => Object.is(value, b[k]));
}

function differs(what: string): ComputeError {
  return new ComputeError(
    `a function whose graph depends on the size of the batch cannot be exported: ${what}. Write it ` +
      'so that only leading dimensions follow the batch',
  );
}
