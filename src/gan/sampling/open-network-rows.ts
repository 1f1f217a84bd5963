import type { Schema } from 'apache-arrow';
import { sizeOf } from '../../compute/tensor.js';
import type { RatioValues } from '../conditions/options.js';
import type { RunGenerator } from '../families/family.js';
import { generatorOf } from '../model/generator-of.js';
import type { Model } from '../model/model.js';
import { meetConditions } from './meet-conditions.js';
import { openGeneratorProgram } from './open-generator-program.js';
import type { OpenRows } from './open-rows.js';
import { openGenerator } from './run-generator.js';
import type { SamplingTarget } from './sampling-target.js';

/**
 * Opens the generator of a model.
 *
 * @param learned The schema of the columns that are learned.
 */
export async function openNetworkRows(
  model: Model,
  learned: Schema,
  conditions: RatioValues | undefined,
  place: SamplingTarget,
): Promise<OpenRows> {
  const { manifest, schema } = model;
  const { rules = [] } = manifest;
  const { rows } = manifest.generator;
  const spec = generatorOf(model);
  const inputs = spec.inputs(rows);
  const outputs = spec.outputs(rows);
  const program = await openGeneratorProgram(model, rows, place);
  const generator = openGenerator(program, inputs);
  const meet =
    conditions &&
    meetConditions(spec, conditions, learned, manifest.recipe.name, { schema, rules });
  const run: RunGenerator = (random, fill = spec.fillData) =>
    generator.run(random.fork('noise'), (feed) => fill(feed, random.fork('condition')));
  return {
    width: Object.values(outputs).reduce((sum, { shape }) => sum + sizeOf(shape), 0) / rows,
    async make(count, random) {
      if (meet) return meet(run, count, random);
      const made = await run(random.fork('generate'));
      return { batch: spec.decode(made, learned, count, random.fork('decode')), hits: 0 };
    },
    dispose: () => generator.dispose(),
  };
}
