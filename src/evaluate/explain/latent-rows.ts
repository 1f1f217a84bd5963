import type { RecordBatch } from 'apache-arrow';
import { createRestorer, learnedSchema } from '../../encode/rules/learned-table.js';
import { generatorOf } from '../../gan/model/generator-of.js';
import type { Model } from '../../gan/model/model.js';
import { openGeneratorProgram } from '../../gan/sampling/open-generator-program.js';
import { openGenerator } from '../../gan/sampling/run-generator.js';
import { createRandom, type Seed } from '../../random.js';

/** Rows, and the latent vectors that they were made of. */
export interface LatentRows {
  readonly batches: readonly RecordBatch[];
  /** [rows, size], row-major. */
  readonly latent: Float32Array;
  readonly size: number;
}

/** Rows that are made in one run. */
const rowsAtOnce = 1024;

/** Makes rows of a model and keeps their latent vectors; undefined where it has none. */
export async function makeLatentRows(
  model: Model,
  runs: number,
  seed: Seed,
): Promise<LatentRows | undefined> {
  const { schema, manifest, encoders } = model;
  const rules = manifest.rules ?? [];
  const spec = generatorOf(model);
  const inputs = spec.inputs(rowsAtOnce);
  const size = inputs.latent?.shape[1];
  if (size === undefined || inputs.latent?.shape.length !== 2) return undefined;
  const program = await openGeneratorProgram(model, rowsAtOnce);
  const generator = openGenerator(program, inputs);
  const restore = createRestorer(schema, rules, encoders);
  const learned = learnedSchema(schema, rules);
  const latent = new Float32Array(runs * rowsAtOnce * size);
  const batches: RecordBatch[] = [];
  try {
    for (let run = 0; run < runs; run++) {
      const random = createRandom(seed).fork('latent rows', run);
      const made = await generator.run(random.fork('noise'), (feed) => {
        spec.fillData(feed, random.fork('condition'));
      });
      latent.set(made.feed.latent as Float32Array, run * rowsAtOnce * size);
      batches.push(restore(spec.decode(made, learned, rowsAtOnce, random.fork('decode'))));
    }
  } finally {
    await generator.dispose();
  }
  return { batches, latent, size };
}
