import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { steps } from '../../bench/compute/steps.js';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { compile } from '../../src/compute/compile.js';
import { mapEntries, sizeOf } from '../../src/compute/tensor.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { modelFiles } from '../../src/gan/model/files.js';
import { sha256 } from '../../src/gan/model/model.js';
import { createRandom } from '../../src/random.js';
import { hastyModel, penguins } from '../augment/penguins.js';
import { collect } from '../data/support/arbitrary-batches.js';
import { exactRows } from '../data/support/exact.js';
import type { Recipe } from './recipes.js';
import { smallRecurrent } from './small-recurrent.js';

let all: RecordBatch;

beforeAll(async () => {
  all = await penguins();
});

const threads = fc.constantFrom(1, 2);

/** The bits of each tensor of the state after two steps, as hashes. */
async function trained(recipe: Recipe, seed: number, threads: number) {
  const { step, inputs } = recipe;
  const state = recipe.state(createRandom(seed));
  const program = await compile({ step, state, inputs }, { threads });
  const feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  for (let step = 0; step < 2; step++) {
    recipe.fill(feed, createRandom(seed).fork('step', step));
    await program.run(feed);
  }
  const after = program.readState();
  await program.dispose();
  return mapEntries(after, ({ values }) => sha256(new Uint8Array(values.buffer)));
}

describe('a training step', () => {
  const all: Record<string, Recipe> = { ...steps, recurrent: smallRecurrent };

  it.each(Object.keys(all))(
    'should repeat its bits on one thread, and on two: %s',
    async (name) => {
      const recipe = all[name] as Recipe;
      const seed = name.length;

      for (const threads of [1, 2]) {
        expect(await trained(recipe, seed, threads)).toEqual(await trained(recipe, seed, threads));
      }
    },
  );
});

describe('training', () => {
  it.each([1, 2])(
    'should give the same model on a thread of its own, with threads: %i',
    async (threads) => {
      const train = (thread: 'worker' | 'caller') =>
        fitModel(all.schema, [all], { seed: 'any', steps: 3, threads, thread });

      const [here, there] = [await train('caller'), await train('worker')];

      expect(modelFiles(there)).toEqual(modelFiles(here));
      expect(here.manifest.training.threads).toBe(threads);
    },
  );

  it('should give another model for another seed', async () => {
    const [one, other] = [await hastyModel(all, 1), await hastyModel(all, 2)];

    expect(one.manifest.generator.sha256).not.toBe(other.manifest.generator.sha256);
  });
});

describe('sampling', () => {
  it('should give the same rows for a seed, on one thread and on two', async () => {
    const model = await hastyModel(all);
    await fc.assert(
      fc.asyncProperty(threads, fc.string(), async (threads, seed) => {
        // Enough rows that a thread of its own makes some of them.
        const sample = async () =>
          exactRows(await collect(sampleBatches(model, { rows: 6000, seed, threads })));

        const rows = await sample();

        expect(await sample()).toEqual(rows);
        expect(rows).toHaveLength(6000);
      }),
      { numRuns: 2 },
    );
  });
});
