import { readOnnxProblem } from '../../compute/onnx/inspect.js';
import { openProgram } from '../../compute/open.js';
import type { Program } from '../../compute/program.js';
import { anyBatch } from '../../compute/tensor.js';
import { openProgramInThread } from '../../compute/thread/open-in-thread.js';
import { ModelError } from '../../errors.js';
import { generatorOf } from '../model/generator-of.js';
import type { Model } from '../model/model.js';
import type { SamplingTarget } from './sampling-target.js';

/**
 * Opens the generator of a model for runs of so many rows; of a model that nobody vouches for in a thread
 * of its own, and only where such a run costs no more than one may.
 *
 * @throws ModelError for runs that cost too much.
 */
export async function openGeneratorProgram(
  model: Model,
  rows: number,
  place: SamplingTarget = {},
): Promise<Program> {
  const spec = generatorOf(model);
  const [inputs, outputs] = [spec.inputs(rows), spec.outputs(rows)];
  if (!model.isForeign) return openProgram(model.generator, inputs, outputs, place);
  const problem =
    // A run of its own number of rows was looked at when it was loaded.
    rows === model.manifest.generator.rows
      ? undefined
      : readOnnxProblem(model.generator, spec.inputs(anyBatch), spec.outputs(anyBatch), inputs);
  if (problem) {
    throw new ModelError(`runs of ${rows} rows of model ${model.id} are refused: ${problem}`);
  }
  return openProgramInThread(model.generator, inputs, outputs, place);
}
