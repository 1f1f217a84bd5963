import { backend_util } from '@tensorflow/tfjs-core';
import {
  broadcast,
  type Graph,
  sameShape,
  scalar,
  uniformOf,
  type Value,
  type ValueType,
} from '../graph.js';
import type { KernelRecorder, KernelRecorders } from './kernel.js';

/**
 * An operator that works element by element, on the cores of repeated values.
 * `dtype` is the result's type; it defaults to that of the last operand.
 */
export function elementwise(
  graph: Graph,
  operator: string,
  operands: readonly Value[],
  dtype: ValueType = (operands.at(-1) as Value).dtype,
): Value {
  const cores = operands.map((operand) => operand.core ?? operand);
  const shape = broadcastShape(operands);
  const result = graph.node(operator, cores, { shape: broadcastShape(cores), dtype });
  return broadcast(result, shape);
}

function broadcastShape(values: readonly Value[]): readonly number[] {
  let shape: readonly number[] = [];
  for (const value of values) {
    if (!sameShape(shape, value.shape)) {
      shape = backend_util.assertAndGetBroadcastShape([...shape], [...value.shape]);
    }
  }
  return shape;
}

const unary =
  (operator: string): KernelRecorder =>
  (graph, { x }) =>
    elementwise(graph, operator, [x]);

const compare =
  (operator: string): KernelRecorder =>
  (graph, { a, b }) =>
    elementwise(graph, operator, [a, b], 'bool');

const binary =
  (operator: string, simplify?: Simplification): KernelRecorder =>
  (graph, { a, b }: { a: Value; b: Value }) => {
    const simpler = simplify?.(graph, a, b);
    return simpler
      ? broadcast(simpler, broadcastShape([a, b]))
      : elementwise(graph, operator, [a, b]);
  };

/** Returns what `a op b` is before its broadcast, if that needs no operator. */
type Simplification = (graph: Graph, a: Value, b: Value) => Value | undefined;

// Automatic differentiation multiplies by ones and adds zeros; none of that is worth a pass over
// memory. A product with a literal zero is zero here even where the other factor is not finite.
const simplifyProduct: Simplification = (graph, a, b) => {
  if (uniformOf(a) === 0 || uniformOf(b) === 0) return scalar(graph, 0, a.dtype);
  if (uniformOf(a) === 1) return b;
  if (uniformOf(b) === 1) return a;
  return fold(graph, a, b, (x, y) => x * y);
};

const simplifySum: Simplification = (graph, a, b) => {
  if (uniformOf(a) === 0) return b;
  if (uniformOf(b) === 0) return a;
  return fold(graph, a, b, (x, y) => x + y);
};

const simplifyDifference: Simplification = (graph, a, b) =>
  uniformOf(b) === 0 ? a : fold(graph, a, b, (x, y) => x - y);

const simplifyQuotient: Simplification = (graph, a, b) =>
  uniformOf(b) === 1 ? a : fold(graph, a, b, (x, y) => x / y);

function fold(graph: Graph, a: Value, b: Value, apply: (x: number, y: number) => number) {
  const [x, y] = [uniformOf(a), uniformOf(b)];
  if (x === undefined || y === undefined || a.dtype !== 'float32') return undefined;
  return scalar(graph, Math.fround(apply(x, y)));
}

/** The product of two values; what is known to be one or zero costs nothing. */
export function multiply(graph: Graph, a: Value, b: Value): Value {
  return binary('Mul', simplifyProduct)(graph, { a, b }, {}) as Value;
}

/** x > 0 → 1, else → slope. onnxruntime's `Where` takes several times as long as these. */
const step: KernelRecorder = (graph, { x }, { alpha }) => {
  const positive = elementwise(graph, 'Greater', [x, scalar(graph, 0, x.dtype)], 'bool');
  const one = cast(graph, positive, x.dtype);
  if (alpha === 0) return one;
  if (alpha > 0 && alpha <= 1) return elementwise(graph, 'Max', [one, scalar(graph, alpha)]);
  const zero = elementwise(graph, 'Sub', [scalar(graph, 1), one]);
  return elementwise(graph, 'Add', [one, elementwise(graph, 'Mul', [zero, scalar(graph, alpha)])]);
};

export function cast(graph: Graph, x: Value, dtype: ValueType): Value {
  if (x.dtype === dtype) return x;
  const core = x.core ?? x;
  const to = { float32: 1, int32: 6, int64: 7, bool: 9 }[dtype];
  const result = graph.node('Cast', [core], { shape: core.shape, dtype }, { to: { int: to } });
  return broadcast(result, x.shape);
}

export const elementwiseKernels: KernelRecorders = {
  Abs: unary('Abs'),
  Cos: unary('Cos'),
  Elu: unary('Elu'),
  Exp: unary('Exp'),
  Identity: (_graph, { x }) => x,
  Log: unary('Log'),
  LogicalNot: unary('Not'),
  Neg: unary('Neg'),
  Reciprocal: unary('Reciprocal'),
  Relu: unary('Relu'),
  Sigmoid: unary('Sigmoid'),
  Sign: unary('Sign'),
  Sin: unary('Sin'),
  Softplus: unary('Softplus'),
  Sqrt: unary('Sqrt'),
  Tanh: unary('Tanh'),
  Rsqrt: (graph, { x }) => elementwise(graph, 'Reciprocal', [elementwise(graph, 'Sqrt', [x])]),
  Square: (graph, { x }) => elementwise(graph, 'Mul', [x, x]),
  Step: step,
  ClipByValue: (graph, { x }, { clipValueMin, clipValueMax }) =>
    elementwise(graph, 'Clip', [x, scalar(graph, clipValueMin), scalar(graph, clipValueMax)]),
  Cast: (graph, { x }, { dtype }) => cast(graph, x, dtype),

  Add: binary('Add', simplifySum),
  Multiply: (graph, { a, b }) => multiply(graph, a, b),
  RealDiv: binary('Div', simplifyQuotient),
  Sub: binary('Sub', simplifyDifference),
  AddN: (graph, inputs) => elementwise(graph, 'Sum', Object.values(inputs)),
  Maximum: binary('Max'),
  Minimum: binary('Min'),
  Pow: binary('Pow'),
  SquaredDifference: (graph, { a, b }) => {
    const difference = elementwise(graph, 'Sub', [a, b]);
    return elementwise(graph, 'Mul', [difference, difference]);
  },

  Equal: compare('Equal'),
  Greater: compare('Greater'),
  GreaterEqual: compare('GreaterOrEqual'),
  Less: compare('Less'),
  LessEqual: compare('LessOrEqual'),
  LogicalAnd: compare('And'),
  LogicalOr: compare('Or'),
  NotEqual: (graph, { a, b }) =>
    elementwise(graph, 'Not', [elementwise(graph, 'Equal', [a, b], 'bool')]),
  Select: (graph, { condition, t, e }) => elementwise(graph, 'Where', [condition, t, e]),
};
