import { compile } from '../../../compute/compile.js';
import type { ExecutionTarget } from '../../../compute/engines/options.js';
import { type HostTensors, mapEntries, sizeOf, type Tensors } from '../../../compute/tensor.js';
import { fillNoise, type StepInputs } from '../../../nn/step-inputs.js';
import type { Random } from '../../../random.js';
import { sourceInput } from '../family.js';

/** Images that are translated at once while a model is trained. */
const batch = 8;

/** A state's generator, ready for images. */
export interface TranslationJob {
  /** The generator's weights. */
  readonly weights: HostTensors;
  /** What the generator is fed for so many images. */
  readonly inputs: (rows: number) => StepInputs;
  readonly apply: (weights: Tensors, inputs: Tensors) => Tensors;
  readonly count: number;
  /** Puts image `index` into `target` from place `to`. */
  readonly fill: (index: number, target: Float32Array, to: number) => void;
}

/**
 * What a state makes of images, one after the other.
 *
 * @param random Gives the noise of each image.
 * @returns By the name of the output, numbers [count, …].
 */
export async function translateAll(
  { weights, inputs, apply, count, fill }: TranslationJob,
  random: Random,
  target: Partial<ExecutionTarget>,
): Promise<Record<string, Float32Array>> {
  const specs = inputs(batch);
  const program = await compile(
    {
      state: weights,
      inputs: specs,
      step: (state, fed) => ({ state, outputs: apply(state, fed) }),
    },
    target,
  );
  const feed = mapEntries(specs, ({ shape }) => new Float32Array(sizeOf(shape)));
  const all: Record<string, Float32Array> = {};
  try {
    for (let start = 0; start < count; start += batch) {
      const rows = Math.min(batch, count - start);
      const source = feed[sourceInput] as Float32Array;
      for (let row = 0; row < rows; row++) fill(start + row, source, (row * source.length) / batch);
      fillNoise(specs, feed, random.fork('noise', start));
      for (const [name, { values }] of Object.entries(await program.run(feed))) {
        const size = values.length / batch;
        all[name] ??= new Float32Array(count * size);
        all[name]?.set(values.subarray(0, rows * size) as Float32Array, start * size);
      }
    }
  } finally {
    await program.dispose();
  }
  return all;
}
