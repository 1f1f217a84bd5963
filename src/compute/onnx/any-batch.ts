import { ComputeError } from '../../errors.js';
import { type Plan, prune, resultsOf } from '../plan/plan.js';
import type { Node, Value } from '../record/graph.js';
import { anyBatch, mapEntries } from '../tensor.js';
import { differs, measureBatch, measureShape, mergeShapes, mergeSizes } from './batch-shapes.js';

/** A plan that was recorded for batches of one size. */
export interface SizedPlan {
  readonly batch: number;
  readonly plan: Plan;
}

/**
 * Two plans of one function, for batches of two sizes → a plan for batches of any size. What the
 * plans differ in must be the batch: a dimension of inputs and outputs, which becomes `anyBatch`,
 * and the shapes that Reshape and Expand are given.
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
  const nodes = one.plan.nodes.flatMap((node, k) => {
    const merged = mergeNodes(node, other.plan.nodes[k] as Node, twins, [one.batch, other.batch]);
    node.outputs.forEach(({ name }, output) => {
      twins.set(name, other.plan.nodes[k]?.outputs[output]?.name ?? '');
    });
    return merged;
  });
  resultsOf(one.plan).forEach((value, k) => {
    checkSame(value, resultsOf(other.plan)[k], twins, 'an output');
  });
  return prune({
    ...one.plan,
    inputs,
    nodes: [...measureBatch(inputs), ...nodes],
    outputs: mapEntries(one.plan.outputs, (value, name) =>
      pair(value, other.plan.outputs[name], `output '${name}'`),
    ),
  });
}

function mergeNodes(
  a: Node,
  b: Node,
  twins: ReadonlyMap<string, string>,
  batches: readonly [number, number],
): Node[] {
  const what = `operator '${a.operator}'`;
  if (
    a.operator !== b.operator ||
    a.inputs.length !== b.inputs.length ||
    describe(a) !== describe(b)
  ) {
    throw differs(what);
  }
  const before: Node[] = [];
  const inputs = a.inputs.map((value, k) => {
    const twin = b.inputs[k] as Value;
    if (k === 1 && value.constant && twin.constant) {
      if (a.operator === 'Reshape') return mergeShapes(value, twin, batches);
      if (a.operator === 'Expand') {
        const shape = measureShape(value, twin, batches, `${a.outputs[0]?.name}/shape`);
        before.push(...shape.nodes);
        return shape.value;
      }
    }
    checkSame(value, twin, twins, what);
    return value;
  });
  return [...before, { ...a, inputs }];
}

function describe({ attributes }: Node): string {
  const inner = Object.values(attributes).some((attribute) => 'graph' in attribute);
  if (inner) throw new ComputeError('an operator with a graph inside cannot be exported');
  return JSON.stringify(attributes);
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
