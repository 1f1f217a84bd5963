import { add, mul, sub, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { compile } from '../../compute/compile.js';
import type { Place } from '../../compute/engines/options.js';
import { type HostTensors, mapEntries, sizeOf, type Tensors } from '../../compute/tensor.js';
import type { Random } from '../../random.js';
import { isRunningStatistic, momentum } from '../layers/batch-norm.js';
import { fillNoise } from '../noise.js';
import { readAverage } from '../regularize/average.js';
import { samplingInputs } from './inputs.js';
import { scope } from './scope.js';
import type { Setup } from './setup.js';

/** Batches that statistics are of: enough for a mean of them, and soon made. */
const batches = 50;

/**
 * The generator of a state as images are made by it: that of the running average, where there is one,
 * with standing statistics (Brock et al. 2019). Those that batch normalisation gathers in training are
 * of weights that change meanwhile, and an average of weights makes other numbers than they did.
 *
 * @param labels Those of the data, so that statistics are of images with labels as often as there.
 * @param random Gives latent vectors and labels.
 */
export async function samplingWeights(
  { recipe, classes, generator }: Setup,
  state: HostTensors,
  labels: Int32Array | undefined,
  random: Random,
  place: Partial<Place>,
): Promise<HostTensors> {
  const weights = scope(readAverage(state) ?? state, 'generator/');
  if (!Object.keys(weights).some(isRunningStatistic)) return weights;
  const inputs = {
    ...samplingInputs(recipe.latent, classes, recipe.batch),
    share: { fill: 'data', shape: [], dtype: 'float32' },
  } as const;
  const program = await compile(
    {
      state: weights,
      inputs,
      step(own, { latent, label, share }) {
        const use = { training: true, label: label as Tensor2D | undefined };
        const { y, updates = {} } = generator.apply(own, latent as Tensor, use);
        return { state: { ...own, ...move(own, updates, share as Tensor) }, outputs: { y } };
      },
    },
    place,
  );
  try {
    const feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
    for (let batch = 0; batch < batches; batch++) {
      const own = random.fork('batch', batch);
      fillNoise(inputs, feed, own);
      fillLabels(feed.label, classes, labels, own.fork('label'));
      feed.share?.fill(1 / (batch + 1));
      await program.run(feed);
    }
    return program.readState();
  } finally {
    await program.dispose();
  }
}

/** Moves statistics a share of the way to those of a batch, towards which `updates` go by the momentum. */
function move(before: Tensors, updates: Tensors, share: Tensor): Tensors {
  const statistics = Object.entries(updates).filter(([name]) => isRunningStatistic(name));
  return Object.fromEntries(
    statistics.map(([name, update]) => {
      const old = before[name] as Tensor;
      return [name, add(old, mul(sub(update, old), mul(share, 1 / momentum)))];
    }),
  );
}

function fillLabels(
  onehot: Float32Array | undefined,
  classes: number,
  labels: Int32Array | undefined,
  random: Random,
): void {
  if (!onehot || !labels) return;
  onehot.fill(0);
  for (let at = 0; at < onehot.length; at += classes) {
    onehot[at + (labels[random.integer(labels.length)] as number)] = 1;
  }
}
