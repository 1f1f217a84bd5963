import {
  cast,
  cos,
  div,
  exp,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  logicalAnd,
  logicalNot,
  mul,
  neg,
  onesLike,
  pow,
  relu,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  step,
  sub,
  type Tensor,
  tanh,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { type Gradients, sumTo } from './gradient.js';

type Unary = (dy: Tensor, saved: Tensor, attributes: Record<string, number>) => Tensor;
type Binary = (dy: Tensor, a: Tensor, b: Tensor) => Tensor;

// Gradients are made from inputs alone: tfjs cannot differentiate again through a saved output, and
// a recorded graph computes what is written twice only once.
const ofInput = (gradient: Unary): Gradients[string] => ({
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attributes) => ({
    x: () => gradient(dy as Tensor, x as Tensor, attributes as Record<string, number>),
  }),
});

const ofBoth = (first: Binary, second: Binary): Gradients[string] => ({
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b]) => {
    const [left, right] = [a as Tensor, b as Tensor];
    return {
      a: () => sumTo(first(dy as Tensor, left, right), left.shape),
      b: () => sumTo(second(dy as Tensor, left, right), right.shape),
    };
  },
});

const flat = (x: Tensor) => zerosLike(cast(x, 'float32'));

/** Comparisons are flat wherever they have a slope at all. */
const ofComparison: Gradients[string] = {
  inputsToSave: ['a', 'b'],
  gradFunc: (_dy, [a, b]) => ({ a: () => flat(a as Tensor), b: () => flat(b as Tensor) }),
};

const maskBy = (dy: Tensor, condition: Tensor) => mul<Tensor>(dy, cast(condition, 'float32'));

export const elementwiseGradients: Gradients = {
  Abs: ofInput((dy, x) => mul(dy, sign(x))),
  Cast: ofInput((dy) => dy),
  ClipByValue: ofInput((dy, x, { clipValueMin, clipValueMax }) =>
    maskBy(
      dy,
      logicalAnd(greaterEqual(x, clipValueMin as number), lessEqual(x, clipValueMax as number)),
    ),
  ),
  Cos: ofInput((dy, x) => mul(dy, neg(sin(x)))),
  // 1 above 0, and exp(x) below.
  Elu: ofInput((dy, x) => mul(dy, exp(neg(relu(neg(x)))))),
  Exp: ofInput((dy, x) => mul(dy, exp(x))),
  Identity: ofInput((dy) => dy),
  Log: ofInput((dy, x) => div(dy, x)),
  Neg: ofInput((dy) => neg(dy)),
  Reciprocal: ofInput((dy, x) => neg(div(dy, square(x)))),
  Relu: ofInput((dy, x) => mul(dy, step(x))),
  Rsqrt: ofInput((dy, x) => mul(dy, mul(pow(x, -1.5), -0.5))),
  Sigmoid: ofInput((dy, x) => mul(dy, mul(sigmoid(x), sub(1, sigmoid(x))))),
  Sin: ofInput((dy, x) => mul(dy, cos(x))),
  Softplus: ofInput((dy, x) => mul(dy, sigmoid(x))),
  Sqrt: ofInput((dy, x) => div(mul(dy, 0.5), sqrt(x))),
  Square: ofInput((dy, x) => mul(dy, mul(x, 2))),
  Sign: ofInput((_dy, x) => flat(x)),
  Step: ofInput((_dy, x) => flat(x)),
  Tanh: ofInput((dy, x) => mul(dy, sub(1, square(tanh(x))))),

  Add: ofBoth(
    (dy) => dy,
    (dy) => dy,
  ),
  Maximum: ofBoth(
    (dy, a, b) => maskBy(dy, greaterEqual(a, b)),
    (dy, a, b) => maskBy(dy, less(a, b)),
  ),
  Minimum: ofBoth(
    (dy, a, b) => maskBy(dy, lessEqual(a, b)),
    (dy, a, b) => maskBy(dy, logicalNot(lessEqual(a, b))),
  ),
  Multiply: ofBoth(
    (dy, _a, b) => mul(dy, b),
    (dy, a) => mul(dy, a),
  ),
  Pow: ofBoth(
    (dy, a, b) => mul(dy, mul(b, pow(a, sub(b, 1)))),
    // Where the base is not positive, the power has no slope along b: the logarithm is of 1.
    (dy, a, b) => mul(dy, mul(pow(a, b), log(where(greater(a, 0), a, onesLike(a))))),
  ),
  RealDiv: ofBoth(
    (dy, _a, b) => div(dy, b),
    (dy, a, b) => neg(div(mul(dy, a), square(b))),
  ),
  SquaredDifference: ofBoth(
    (dy, a, b) => mul(dy, mul(sub(a, b), 2)),
    (dy, a, b) => mul(dy, mul(sub(b, a), 2)),
  ),
  Sub: ofBoth(
    (dy) => dy,
    (dy) => neg(dy),
  ),
  Equal: ofComparison,
  Greater: ofComparison,
  GreaterEqual: ofComparison,
  Less: ofComparison,
  LessEqual: ofComparison,
  LogicalAnd: ofComparison,
  LogicalNot: ofInput((_dy, x) => flat(x)),
  LogicalOr: ofComparison,
  NotEqual: ofComparison,
  OnesLike: ofInput((_dy, x) => flat(x)),
  ZerosLike: ofInput((_dy, x) => flat(x)),

  AddN: {
    saveAllInputs: true,
    gradFunc: (dy, saved) =>
      Object.fromEntries(saved.map((_, k) => [String(k), () => dy as Tensor])),
  },
  Select: {
    inputsToSave: ['condition'],
    gradFunc: (dy, [condition]) => ({
      condition: () => flat(condition as Tensor),
      t: () => maskBy(dy as Tensor, condition as Tensor),
      e: () => maskBy(dy as Tensor, logicalNot(condition as Tensor)),
    }),
  },
};
