import { type Node, sameShape, uniformOf, type Value } from '../record/graph.js';
import { sizeOf } from '../tensor.js';
import { type Plan, readBy, resultsOf } from './plan.js';

/**
 * Lets a matrix product start from what is added to it: a bias, the gradient of another use of the
 * same weights, or weights times a number (L2 decay). That is a pass over memory less.
 */
export function addIntoGemm(plan: Plan): Plan {
  const writers = new Map(
    plan.nodes.flatMap((node, at) => node.outputs.map(({ name }) => [name, { node, at }] as const)),
  );
  const uses = countUses(plan);
  /** The node that makes a value, if the value is made for one reader. */
  const maker = (value: Value | undefined) =>
    value && uses.get(value.name) === 1 ? writers.get(value.name) : undefined;
  const gone = new Set<Node>();

  const fuse = (node: Node): Node[] => {
    const [sum] = node.outputs as [Value];
    if (node.operator !== 'Add') return [node];
    // The product made last: the other may be what it starts from.
    const made = node.inputs.map(maker);
    const last = (made[0]?.at ?? -1) > (made[1]?.at ?? -1) ? 0 : 1;
    for (const k of [last, 1 - last]) {
      const writer = made[k]?.node;
      const reshape = writer?.operator === 'Reshape' ? writer : undefined;
      const gemm = reshape ? maker(reshape.inputs[0])?.node : writer;
      const added = node.inputs[1 - k] as Value;
      if (gemm?.operator !== 'Gemm' || gemm.inputs.length > 2) continue;
      if (!sameShape(sum.shape, node.inputs[k]?.shape ?? [])) continue;
      const [product] = gemm.outputs as [Value];
      const start = reshape ? startOf(added, product) : added;
      if (!start || !isSpreadTo(start, product.shape)) continue;
      const scaled = reshape ? undefined : scaledBy(added);
      for (const merged of [gemm, reshape, scaled?.by]) if (merged) gone.add(merged);
      const started: Node = {
        ...gemm,
        inputs: [...gemm.inputs, scaled?.value ?? start],
        outputs: reshape ? gemm.outputs : [sum],
        attributes: { ...gemm.attributes, ...(scaled && { beta: { float: scaled.factor } }) },
      };
      return reshape ? [started, { ...reshape, outputs: [sum] }] : [started];
    }
    return [node];
  };

  /** What a product that is reshaped can start from, for something to be added to it afterwards. */
  const startOf = (added: Value, product: Value): Value | undefined => {
    if (added.shape.length <= 2 && isRow(added, product)) return added;
    const writer = writers.get(added.name)?.node;
    const matrix = writer?.operator === 'Reshape' ? writer.inputs[0] : undefined;
    return matrix && sameShape(matrix.shape, product.shape) ? matrix : undefined;
  };

  /** `factor · value`, if that is what a value is and it is for one reader. */
  const scaledBy = (product: Value): { factor: number; value: Value; by: Node } | undefined => {
    const by = maker(product)?.node;
    if (by?.operator !== 'Mul') return undefined;
    const value = by.inputs.find(({ shape }) => sameShape(shape, product.shape));
    const factor = uniformOf(by.inputs.find((input) => input !== value) ?? product);
    return factor === undefined || !value ? undefined : { factor, value, by };
  };

  const nodes = plan.nodes.flatMap(fuse);
  return { ...plan, nodes: nodes.filter((node) => !gone.has(node)) };
}

/** Whether a value is one row, the same for all rows of a matrix. */
function isRow(value: Value, { shape: [, columns] }: Value): boolean {
  return value.shape.at(-1) === columns && sizeOf(value.shape) === columns;
}

/** Whether a value is repeated along rows or columns, at most, to the shape of a matrix. */
function isSpreadTo({ shape }: Value, matrix: readonly number[]): boolean {
  const [height, width] = [...new Array<number>(2 - Math.min(2, shape.length)).fill(1), ...shape];
  const fits = (size: number | undefined, whole?: number) => size === whole || size === 1;
  return shape.length <= 2 && fits(height, matrix[0]) && fits(width, matrix[1]);
}

function countUses(plan: Plan): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { name } of [...plan.nodes.flatMap(readBy), ...resultsOf(plan)]) {
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  return uses;
}
