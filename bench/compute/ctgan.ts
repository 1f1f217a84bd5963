import type { Feed } from '../../src/compute/program.js';
import { type EncodedTable, layoutOf } from '../../src/encode/table.js';
import { createDataFiller } from '../../src/gan/families/tabular/ctgan/fill-data.js';
import { trainingInputs } from '../../src/gan/families/tabular/ctgan/inputs.js';
import { ctgan as recipe } from '../../src/gan/families/tabular/ctgan/recipe.js';
import { initialState } from '../../src/gan/families/tabular/ctgan/state.js';
import { tabularStep } from '../../src/gan/families/tabular/ctgan/step.js';
import { rowShape } from '../../src/gan/families/tabular/shape.js';
import { fillNoise } from '../../src/nn/step-inputs.js';
import { createRandom, type Random } from '../../src/random.js';

/** Levels of the categories of the adult census table, and modes of its numbers. */
const levels = [9, 16, 7, 15, 6, 5, 2, 42, 2];
const modes = [9, 9, 10, 5, 2, 10];

const table = adultTable(30_000);
const shape = rowShape(table.layout);
const inputs = trainingInputs(recipe, shape);
const fillData = createDataFiller(table, recipe);

/** CTGAN on a table of the shape of adult: batch 500, pack 10. As bench/peers/ctgan_step.py. */
export const ctgan = {
  inputs,
  state: (random: Random) => initialState(recipe, shape, random),
  step: tabularStep(recipe, shape),
  /** Draws what a step is fed: noise, conditions and the real rows that meet them. */
  fill(feed: Feed, random: Random): void {
    fillNoise(inputs, feed, random.fork('noise'));
    fillData(feed, random.fork('data'));
  },
};

/** A table of random rows, encoded. */
function adultTable(rows: number): EncodedTable {
  const random = createRandom('adult');
  const layout = layoutOf([
    {
      spans: modes.flatMap(
        (width) => [{ kind: 'scalar' }, { kind: 'onehot', width, role: 'mode' }] as const,
      ),
    },
    {
      spans: levels.map((width) => {
        const counts = new Array<number>(width).fill(rows / width);
        return { kind: 'onehot', width, role: 'category', counts } as const;
      }),
    },
  ]);
  const values = layout.spans.map(({ kind, size }) =>
    kind === 'scalar'
      ? Float32Array.from({ length: rows }, () => random.uniform() * 2 - 1)
      : Int32Array.from({ length: rows }, () => random.integer(size)),
  );
  return { rows, layout, values };
}
