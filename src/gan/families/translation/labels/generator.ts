import {
  add,
  cast,
  clipByValue,
  greater,
  matMul,
  mul,
  type Rank,
  reshape,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { exportOnnx } from '../../../../compute/export.js';
import type { HostTensors, StepFunction, Tensors } from '../../../../compute/tensor.js';
import type { ColumnEncoder } from '../../../../encode/encoder.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import type { TensorEncoder } from '../../../../encode/tensor/encoder.js';
import type { InputSource, StepInputs } from '../../../../nn/step-inputs.js';
import { type GeneratorSpec, sourceInput } from '../../family.js';
import { needsSource } from '../../needs-source.js';
import { imageShapeOf } from '../columns.js';
import { pairEncoders } from '../pair-columns.js';
import type { LabelRecipe } from '../recipe.js';
import { biasField, biasKnots } from './bias-field.js';
import { blurImages } from './blur.js';
import type { StatisticName } from './statistics.js';

/** Names of the inputs that are drawn for each image. */
const noise = {
  means: 'noiseOfMeans',
  pixels: 'noiseOfPixels',
  blur: 'noiseOfBlur',
  field: 'noiseOfField',
  strength: 'noiseOfStrength',
} as const;

/** A label with a mean below this, the lowest 2.5 % of the range, is empty ground, and stays it. */
const ground = -0.95;

/** A blur of no less than this many pixels: of 0 its weights would be 0 / 0. */
const leastBlur = 0.05;

interface Shapes {
  /** One-hot labels: 1 where a label is, else −1. */
  readonly source: ImageShape;
  readonly target: ImageShape;
}

/** Exports the drawing of images as an ONNX file: labels and noise in, images in [−1, 1] out. */
export function exportLabelGenerator(
  recipe: LabelRecipe,
  [from, to]: readonly [TensorEncoder, TensorEncoder],
  statistics: HostTensors,
): Uint8Array {
  const shapes = { source: imageShapeOf(from), target: imageShapeOf(to) };
  return exportOnnx({
    step: drawImages(recipe, shapes),
    state: statistics,
    inputs: (rows) => inputsFor(recipe, shapes, rows),
    name: 'generator',
  });
}

/** Describes how the drawing is fed labels of real rows, and how its images are read. */
export function labelGenerator(
  recipe: LabelRecipe,
  encoders: readonly ColumnEncoder[],
): GeneratorSpec {
  const [from, to] = pairEncoders(encoders) as readonly [TensorEncoder, TensorEncoder];
  const shapes = { source: imageShapeOf(from), target: imageShapeOf(to) };
  const { height, width, channels } = shapes.target;
  return {
    inputs: (rows) => inputsFor(recipe, shapes, rows),
    outputs: (rows) => ({
      images: { shape: [rows, height, width, channels], dtype: 'float32' },
    }),
    fillData() {},
    decode: needsSource,
    translation: {
      source: 0,
      made: 1,
      read: (vector) => from.read(vector),
      write: ({ outputs }) => to.write(outputs.images?.values as Float32Array),
    },
  };
}

/** What the drawing of `rows` images is fed: labels, and the noise that the recipe has a use for. */
function inputsFor(
  { contrast, spread, noise: within, blur, biasField: bias }: LabelRecipe,
  { source: { height, width, channels: labels }, target: { channels } }: Shapes,
  rows: number,
): StepInputs {
  const input = (name: string, source: InputSource, ...shape: number[]) => ({
    [name]: { source, shape: [rows, ...shape], dtype: 'float32' as const },
  });
  const means = contrast === 'random' ? 'uniform' : 'normal';
  return {
    ...input(sourceInput, 'data', height, width, labels),
    ...(contrast === 'random' || spread > 0 ? input(noise.means, means, labels, channels) : {}),
    ...(within > 0 ? input(noise.pixels, 'normal', height, width, channels) : {}),
    ...(blur > 0 ? input(noise.blur, 'uniform', 1, 1) : {}),
    ...(bias > 0 ? input(noise.field, 'normal', biasKnots, biasKnots) : {}),
    ...(bias > 0 ? input(noise.strength, 'uniform', 1, 1) : {}),
  };
}

/** Paints each label, adds noise, blurs, and multiplies by the bias field. */
function drawImages(recipe: LabelRecipe, { target }: Shapes): StepFunction {
  return (statistics, inputs) => {
    const oneHot = mul(add(inputs[sourceInput] as Tensor, 1), 0.5);
    const painted = paint(oneHot, meansOf(recipe, statistics, inputs));
    const noisy = addNoise(painted, oneHot, recipe, statistics, inputs);
    const deviation = inputs[noise.blur];
    const soft = deviation
      ? blurImages(noisy, add(mul(deviation, recipe.blur), leastBlur), target)
      : noisy;
    const [knots, strength] = [inputs[noise.field], inputs[noise.strength]];
    if (!knots || !strength) return { state: {}, outputs: { images: clipByValue(soft, -1, 1) } };
    const field = biasField(mul(knots, mul(strength, recipe.biasField)), target);
    // The range's lowest number, −1, is what no field changes.
    const images = sub(mul(add(soft, 1), field), 1);
    return { state: {}, outputs: { images: clipByValue(images, -1, 1) } };
  };
}

/** What each label is painted with: [labels, channels], or [rows, labels, channels] where it is drawn. */
function meansOf({ contrast, spread }: LabelRecipe, statistics: Tensors, inputs: Tensors): Tensor {
  const { means, spreads } = statistics as Record<StatisticName, Tensor>;
  const drawn = inputs[noise.means];
  if (!drawn) return means;
  if (contrast === 'learned') return add(means, mul(drawn, mul(spreads, spread)));
  const isThing = cast(greater(means, ground), 'float32');
  const anything = sub(mul(drawn, 2), 1);
  return add(mul(anything, isThing), mul(means, sub(1, isThing)));
}

/** Adds noise of each label's own deviation. */
function addNoise(
  painted: Tensor,
  oneHot: Tensor,
  recipe: LabelRecipe,
  statistics: Tensors,
  inputs: Tensors,
): Tensor {
  const drawn = inputs[noise.pixels];
  if (!drawn) return painted;
  const own = paint(oneHot, mul(statistics.deviations as Tensor, recipe.noise));
  return add(painted, mul(own, drawn));
}

/** One-hot labels [rows, height, width, labels] → the value of each: [rows, height, width, channels]. */
function paint(oneHot: Tensor, values: Tensor): Tensor {
  const [rows = 0, height = 0, width = 0, labels = 0] = oneHot.shape;
  const channels = values.shape.at(-1) as number;
  const isShared = values.rank === 2;
  const pixels = height * width;
  const flat = reshape<Rank>(oneHot, isShared ? [rows * pixels, labels] : [rows, pixels, labels]);
  return reshape(matMul(flat, values), [rows, height, width, channels]);
}
