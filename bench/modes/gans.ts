import type { RecordBatch } from 'apache-arrow';
import { Float32, Table, vectorFromArray } from 'apache-arrow';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { openOnnx } from '../../src/compute/onnx/open-onnx.js';
import { mapEntries, sizeOf } from '../../src/compute/tensor.js';
import { exportGenerator } from '../../src/gan/families/tensor/export.js';
import { imageKind } from '../../src/gan/families/tensor/image/family.js';
import { samplingInputs, samplingOutputs } from '../../src/gan/families/tensor/inputs.js';
import {
  dcganAdam,
  type ImageRecipe,
  tensorDefaults,
} from '../../src/gan/families/tensor/recipe.js';
import { createTensorGan } from '../../src/gan/families/tensor/tensor-gan.js';
import { tensorTraining } from '../../src/gan/families/tensor/training.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { train } from '../../src/gan/training/train.js';
import type { Layer } from '../../src/nn/layer.js';
import { relu } from '../../src/nn/layers/activations.js';
import { dense } from '../../src/nn/layers/dense.js';
import { flatten } from '../../src/nn/layers/flatten.js';
import { sequential } from '../../src/nn/sequential.js';
import { fillNoise } from '../../src/nn/step-inputs.js';
import { createRandom, type Random } from '../../src/random.js';

/** Points [count, 2] → as many points of a GAN that has learned them. */
export type MakePoints = (
  points: Float32Array,
  count: number,
  random: Random,
) => Promise<Float32Array>;

/** A point is an image of one pixel with two numbers. */
const point = [1, 1, 2] as const;

const stack = (depth: number, width: number): Layer[] =>
  Array.from({ length: depth }, () => [dense(width), relu]).flat();

const plane = (depth: number, width: number, latent: number): ImageRecipe => ({
  ...tensorDefaults,
  labels: 'none',
  latent,
  generator: () =>
    sequential({ shape: [latent], classes: 0 }, [...stack(depth, width), dense([1, 1, 2])]),
  critic: ({ channels }) =>
    sequential({ shape: [1, 1, channels], classes: 0 }, [
      flatten,
      ...stack(depth, width),
      dense(1),
    ]),
});

/** Small networks learn at five times DCGAN's rate what they would learn at it, in fewer steps. */
const fastAdam = { ...dcganAdam, learningRate: 1e-3 };

const vanilla = {
  ...plane(3, 128, 2),
  batch: 128,
  shareLatent: true,
  criticOptimizer: fastAdam,
  generatorOptimizer: fastAdam,
};

/**
 * WGAN-GP as for such points (Gulrajani et al. 2017), but with the networks of the others, a quarter
 * as wide, and ten times the rate.
 */
const wganGp: ImageRecipe = {
  ...plane(3, 128, 2),
  batch: 128,
  loss: 'wasserstein',
  gradientPenalty: 0.1,
  criticSteps: 5,
  criticOptimizer: { kind: 'adam', learningRate: 1e-3, betas: [0.5, 0.9] },
  generatorOptimizer: { kind: 'adam', learningRate: 1e-3, betas: [0.5, 0.9] },
};

/** The GANs, and the steps that each is trained for. */
export const gans: Readonly<
  Record<string, { steps: number; make: (steps: number) => MakePoints }>
> = {
  vanilla: { steps: 10_000, make: (steps) => networks(vanilla, steps) },
  'packed by 2': { steps: 10_000, make: (steps) => networks({ ...vanilla, pack: 2 }, steps) },
  'packed by 4': { steps: 10_000, make: (steps) => networks({ ...vanilla, pack: 4 }, steps) },
  'WGAN-GP': { steps: 2000, make: (steps) => networks(wganGp, steps) },
  'the default for tables': { steps: 300, make: table },
};

function networks(recipe: ImageRecipe, steps: number): MakePoints {
  return async (points, count, random) => {
    const gan = createTensorGan(imageKind, recipe, { shape: point }, 0);
    const source = {
      count: points.length / 2,
      fill: (index: number, target: Float32Array, to: number) =>
        target.set(points.subarray(2 * index, 2 * index + 2), to),
    };
    const training = tensorTraining(gan, source, random.fork('order'));
    const state = await train(training, { steps, random: random.fork('train') });
    const inputs = samplingInputs(recipe, 0, count);
    const model = exportGenerator(gan, state);
    const program = await openOnnx(model, inputs, samplingOutputs(point, count));
    const feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
    fillNoise(inputs, feed, random.fork('sample'));
    const { images } = await program.run(feed);
    const made = Float32Array.from(images?.values ?? []);
    await program.dispose();
    return made;
  };
}

function table(steps: number): MakePoints {
  return async (points, count, random) => {
    const column = (k: number) =>
      vectorFromArray(
        Array.from({ length: points.length / 2 }, (_, row) => points[2 * row + k]),
        new Float32(),
      );
    const [batch] = new Table({ x: column(0), y: column(1) }).batches as [RecordBatch];
    const seed = random.integer(2 ** 31);
    const model = await fitModel(batch.schema, [batch], { steps, seed, thread: 'caller' });
    const made = new Float32Array(2 * count);
    let row = 0;
    for await (const part of sampleBatches(model, { rows: count, seed })) {
      for (let k = 0; k < part.numRows; k++, row++) {
        made[2 * row] = part.getChild('x')?.get(k);
        made[2 * row + 1] = part.getChild('y')?.get(k);
      }
    }
    return made;
  };
}

export const seeded = (seed: number) => createRandom(seed).fork('modes');
