import { compile } from '../../../compute/compile.js';
import type { ExecutionTarget } from '../../../compute/engines/options.js';
import type { HostTensors } from '../../../compute/tensor.js';
import type { Image } from '../../../data/images/image.js';
import { readEma } from '../../../nn/ema.js';
import { scope, unscope } from '../../../nn/scope.js';
import type { Random } from '../../../random.js';
import { runGenerator } from '../../sampling/run-generator.js';
import { samplingInputs } from './inputs.js';
import { generate } from './objectives.js';
import type { TensorGan } from './tensor-gan.js';

const across = 8;

/** Rows of labels, at most. */
const mostRows = 16;

/**
 * Draws what a state makes, side by side: of 8 latent vectors, each with every label, or of 64
 * without labels.
 *
 * @param random Gives the latent vectors.
 * @param draw Makes a picture of tensors [rows, ...shape], so many side by side.
 */
export async function drawState(
  gan: TensorGan,
  state: HostTensors,
  random: Random,
  target: Partial<ExecutionTarget>,
  draw: (values: Float32Array, columns: number) => Image | undefined,
): Promise<Image | undefined> {
  const { recipe, classes } = gan;
  const down = classes > 0 ? Math.min(classes, mostRows) : across;
  const inputs = samplingInputs(recipe, classes, across * down);
  const weights = scope(readEma(state) ?? state, 'generator/');
  const program = await compile(
    {
      state: unscope(weights, 'generator/'),
      inputs,
      step: (all, fed) => ({
        state: all,
        outputs: { images: generate(gan, scope(all, 'generator/'), fed) },
      }),
    },
    target,
  );
  const { outputs } = await runGenerator(program, inputs, random, ({ label }) => {
    for (let row = 0; row < across * down; row++) {
      if (label) label[row * classes + Math.floor(row / across)] = 1;
    }
  });
  return draw(Float32Array.from(outputs.images?.values ?? []), across);
}
