import type { AttributeProto } from 'onnx-buf';
import { sizeOf } from '../../tensor.js';
import { broadcastShapes, elementBytes, type KnownValue, RefusedGraph } from './known-value.js';

/** Attributes of a node by their names. */
export type Attributes = ReadonlyMap<string, AttributeProto>;

/** What is known of an operator's output, and what making it takes. */
export interface Inferred extends Omit<KnownValue, 'isConstant'> {
  /** In multiplications of a matrix product: what else is done to a number costs many of them. */
  readonly work: number;
}

type Inputs = readonly (KnownValue | undefined)[];
type Infer = (inputs: Inputs, attributes: Attributes) => Inferred;

/** What is done to a number, in multiplications of a matrix product, of which 75 take about 1 ns. */
const costs = { moved: 32, computed: 64, transcendental: 512 } as const;

/**
 * What is known of the output of each operator that a graph may have, by what is known of its inputs.
 * Each raises a `RefusedGraph` where that is not enough to tell the shape.
 *
 * Source: the operators of ONNX, opset 18.
 */
export const inferences: Readonly<Record<string, Infer>> = {
  ...named('Abs Clip Neg Reciprocal Relu Sign Sqrt', unary(costs.computed)),
  ...named('Elu Exp Log Sigmoid Softmax Softplus Tanh', unary(costs.transcendental)),
  ...named('Add Div Max Min Mul Sub Sum', elementwise(costs.computed)),
  ...named('Pow', elementwise(costs.transcendental)),
  ...named('And Equal Greater Less Or', elementwise(costs.computed, 1)),
  ...named('Not', unary(costs.computed, 1)),
  ...named('ReduceMax ReduceMean ReduceSum', reduce),
  Cast: ([input], attributes) => {
    const { shape, values } = given(input);
    const bytes = elementBytes(intOf(attributes, 'to', 0));
    return { ...made(shape, bytes, costs.moved), values };
  },
  Concat: concat,
  Expand: ([input, shape]) => {
    const { shape: own, bytes } = given(input);
    return made(broadcastShapes(own, wholes(shape, 'Expand')), bytes, costs.moved);
  },
  Gather: ([data, indices], attributes) => {
    const { shape, bytes } = given(data);
    const at = axisIn(shape, intOf(attributes, 'axis', 0));
    const between = given(indices).shape;
    return made([...shape.slice(0, at), ...between, ...shape.slice(at + 1)], bytes, costs.moved);
  },
  Gemm: ([a, b], attributes) => {
    const product = multiply(
      orient(given(a).shape, intOf(attributes, 'transA', 0)),
      orient(given(b).shape, intOf(attributes, 'transB', 0)),
    );
    return { ...product, bytes: given(a).bytes };
  },
  Identity: ([input]) => ({ ...given(input), work: costs.moved }),
  MatMul: ([a, b]) => {
    const [first, second] = [given(a).shape, given(b).shape];
    if (first.length < 2 || second.length < 2) throw unknown('MatMul');
    const product = multiply(first.slice(-2), second.slice(-2));
    const batch = broadcastShapes(first.slice(0, -2), second.slice(0, -2));
    const shape = [...batch, ...product.shape];
    return { shape, bytes: given(a).bytes, work: product.work * sizeOf(batch) };
  },
  Pad: ([input, pads, , axes]) => {
    const { shape, bytes } = given(input);
    const amounts = wholes(pads, 'Pad');
    const which = axes === undefined ? [...shape.keys()] : wholes(axes, 'Pad');
    if (amounts.length !== 2 * which.length) throw unknown('Pad');
    const padded = [...shape];
    for (const [k, axis] of which.entries()) {
      const at = axisIn(shape, axis);
      const more = (amounts[k] as number) + (amounts[k + which.length] as number);
      padded[at] = Math.max((padded[at] as number) + more, 0);
    }
    return made(padded, bytes, costs.moved);
  },
  Reshape: ([input, shape], attributes) => {
    const { shape: own, bytes, values } = given(input);
    const keepsZero = intOf(attributes, 'allowzero', 0) === 1;
    const wanted = wholes(shape, 'Reshape').map((size, axis) =>
      size === 0 && !keepsZero ? (own[axis] ?? 0) : size,
    );
    const rest = sizeOf(own) / sizeOf(wanted.filter((size) => size !== -1));
    const reshaped = wanted.map((size) => (size === -1 ? rest : size));
    if (sizeOf(reshaped) !== sizeOf(own)) {
      throw new RefusedGraph(`operator 'Reshape' makes [${wanted}] of [${own}]`);
    }
    return { ...made(reshaped, bytes, costs.moved), values };
  },
  Shape: ([input], attributes) => {
    const { shape } = given(input);
    const [start, end] = [intOf(attributes, 'start', 0), intOf(attributes, 'end', shape.length)];
    const values = shape.slice(start, end);
    return { ...made([values.length], 8, costs.moved), values };
  },
  Slice: slice,
  Transpose: ([input], attributes) => {
    const { shape, bytes } = given(input);
    const order = attributes.get('perm')?.ints.map(Number) ?? [...shape.keys()].reverse();
    if (new Set(order).size !== shape.length) throw unknown('Transpose');
    return made(
      order.map((axis) => shape[axisIn(shape, axis)] as number),
      bytes,
      costs.moved,
    );
  },
  Where: ([condition, first, second]) => {
    const [a, b] = [given(first), given(second)];
    const shape = broadcastShapes(given(condition).shape, broadcastShapes(a.shape, b.shape));
    return made(shape, Math.max(a.bytes, b.bytes), costs.computed);
  },
};

function named(names: string, infer: Infer): Record<string, Infer> {
  return Object.fromEntries(names.split(' ').map((name) => [name, infer]));
}

function made(shape: readonly number[], bytes: number, cost: number): Inferred {
  return { shape, bytes, work: cost * sizeOf(shape) };
}

function given(value: KnownValue | undefined): KnownValue {
  if (value) return value;
  throw new RefusedGraph('an operator lacks an input');
}

const unknown = (operator: string) =>
  new RefusedGraph(`what operator '${operator}' makes is not known before it runs`);

/** The whole numbers of a value that says a shape or the like. */
function wholes(value: KnownValue | undefined, operator: string): readonly number[] {
  const { values } = given(value);
  if (values) return values;
  throw unknown(operator);
}

function intOf(attributes: Attributes, name: string, otherwise: number): number {
  const attribute = attributes.get(name);
  return attribute === undefined ? otherwise : Number(attribute.i);
}

/** The place of an axis, which may be counted from the end. */
function axisIn(shape: readonly number[], axis: number): number {
  const at = axis < 0 ? axis + shape.length : axis;
  if (at in shape) return at;
  throw new RefusedGraph(`[${shape}] has no axis ${axis}`);
}

function orient(shape: readonly number[], isTransposed: number): readonly number[] {
  if (shape.length !== 2) throw new RefusedGraph(`[${shape}] is no matrix`);
  return isTransposed ? [...shape].reverse() : shape;
}

/** [rows, inner] × [inner, columns]. */
function multiply(a: readonly number[], b: readonly number[]) {
  const [[rows = 0, inner = 0], [other = 0, columns = 0]] = [a, b];
  if (inner !== other) throw new RefusedGraph(`matrices [${a}] and [${b}] do not fit`);
  return { shape: [rows, columns], work: rows * columns * (inner + costs.computed) };
}

function unary(cost: number, bytes?: number): Infer {
  return ([input]) => made(given(input).shape, bytes ?? given(input).bytes, cost);
}

function elementwise(cost: number, bytes?: number): Infer {
  return (inputs) => {
    const known = inputs.map(given);
    const shape = known.reduce<readonly number[]>((so, own) => broadcastShapes(so, own.shape), []);
    const widest = Math.max(0, ...known.map((own) => own.bytes));
    return made(shape, bytes ?? widest, cost * Math.max(known.length - 1, 1));
  };
}

function reduce([input, axes]: Inputs, attributes: Attributes): Inferred {
  const { shape, bytes } = given(input);
  const told = axes ? wholes(axes, 'Reduce') : (attributes.get('axes')?.ints.map(Number) ?? []);
  const isNothing = told.length === 0 && intOf(attributes, 'noop_with_empty_axes', 0) === 1;
  const gone = new Set(told.length > 0 ? told.map((axis) => axisIn(shape, axis)) : shape.keys());
  const keepsDimensions = intOf(attributes, 'keepdims', 1) === 1;
  const reduced = shape.flatMap((size, axis) => {
    if (isNothing || !gone.has(axis)) return [size];
    return keepsDimensions ? [1] : [];
  });
  return { ...made(reduced, bytes, 0), work: costs.computed * sizeOf(shape) };
}

function concat(inputs: Inputs, attributes: Attributes): Inferred {
  const known = inputs.map(given);
  const [first] = known;
  if (!first) throw unknown('Concat');
  const at = axisIn(first.shape, intOf(attributes, 'axis', 0));
  const shape = first.shape.map((size, axis) => {
    if (axis === at) return known.reduce((sum, own) => sum + (own.shape[at] ?? 0), 0);
    if (known.every((own) => own.shape[axis] === size)) return size;
    throw new RefusedGraph("operator 'Concat' is given shapes that do not fit");
  });
  const lists = known.map(({ values }) => values);
  const isKnown = first.shape.length === 1 && lists.every((list) => list !== undefined);
  const values = isKnown ? lists.flatMap((list) => list ?? []) : undefined;
  return { ...made(shape, first.bytes, costs.moved), values };
}

function slice([input, starts, ends, axes, steps]: Inputs): Inferred {
  const { shape, bytes } = given(input);
  const from = wholes(starts, 'Slice');
  const to = wholes(ends, 'Slice');
  const which = axes ? wholes(axes, 'Slice') : [...from.keys()];
  const by = steps ? wholes(steps, 'Slice') : from.map(() => 1);
  const cut = [...shape];
  for (const [k, axis] of which.entries()) {
    const at = axisIn(shape, axis);
    const size = cut[at] as number;
    const [start, end, step] = [from[k], to[k], by[k]];
    if (start === undefined || end === undefined || !step) throw unknown('Slice');
    const clamp = (place: number, low: number, high: number) =>
      Math.min(Math.max(place < 0 ? place + size : place, low), high);
    const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
    const length = (clamp(end, low, high) - clamp(start, Math.max(low, 0), high)) / step;
    cut[at] = Math.max(Math.ceil(length), 0);
  }
  return made(cut, bytes, costs.moved);
}
