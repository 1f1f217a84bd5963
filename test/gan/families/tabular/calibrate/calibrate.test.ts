import { describe, expect, it } from 'vitest';
import { openProgram } from '../../../../../src/compute/open.js';
import { mapEntries, sizeOf } from '../../../../../src/compute/tensor.js';
import { collapseRows } from '../../../../../src/encode/table.js';
import { calibrate } from '../../../../../src/gan/families/tabular/calibrate/calibrate.js';
import { createConditionFiller } from '../../../../../src/gan/families/tabular/ctgan/condition-filler.js';
import { exportGenerator } from '../../../../../src/gan/families/tabular/ctgan/export.js';
import { samplingInputs } from '../../../../../src/gan/families/tabular/ctgan/inputs.js';
import { ganLogits } from '../../../../../src/gan/families/tabular/ctgan/row-maker.js';
import { initialState } from '../../../../../src/gan/families/tabular/ctgan/state.js';
import { generatorWeights } from '../../../../../src/gan/families/tabular/generator-weights.js';
import { samplingOutputs } from '../../../../../src/gan/families/tabular/sampling-outputs.js';
import { rowShape } from '../../../../../src/gan/families/tabular/shape.js';
import { fillNoise } from '../../../../../src/nn/step-inputs.js';
import { createRandom } from '../../../../../src/random.js';
import { smallRecipe, smallTable } from '../small-table.js';

const rows = 4000;
const table = smallTable(600);
const shape = rowShape(table.layout);
const maker = ganLogits(smallRecipe, shape);
const untrained = () => generatorWeights(initialState(smallRecipe, shape, createRandom('weights')));

async function make(state: ReturnType<typeof untrained>) {
  const inputs = samplingInputs(smallRecipe, shape, rows);
  const generator = exportGenerator(smallRecipe, shape, state);
  const program = await openProgram(generator, inputs, samplingOutputs(shape, rows));
  const feed = mapEntries(inputs, (input) => new Float32Array(sizeOf(input.shape)));
  fillNoise(inputs, feed, createRandom('noise'));
  createConditionFiller(shape)(feed.condition as Float32Array, createRandom('condition'));
  const made = await program.run(feed);
  await program.dispose();
  return collapseRows(table.layout, made.rows?.values as Float32Array, rows);
}

function sharesOf(codes: ArrayLike<number>, size: number): number[] {
  const counts = Array(size).fill(0);
  for (let k = 0; k < codes.length; k++) counts[codes[k] as number] += 1 / codes.length;
  return counts;
}

/** Largest difference of a level's share from the data's. */
function worst(values: Awaited<ReturnType<typeof make>>): number {
  const differences = table.layout.spans.flatMap((span, k) => {
    if (span.kind === 'scalar') return [];
    const [made, real] = [values, table.values].map((all) =>
      sharesOf(all[k] as Int32Array, span.size),
    ) as [number[], number[]];
    return made.map((share, level) => Math.abs(share - (real[level] as number)));
  });
  return Math.max(...differences);
}

describe('calibrate', () => {
  it('should have levels and modes come as often as in the data', async () => {
    const before = await make(untrained());

    const { state } = await calibrate(table, maker, untrained(), createRandom(3));

    expect(worst(before)).toBeGreaterThan(0.04);
    expect(worst(await make(state))).toBeLessThan(0.03);
  });

  it('should give a curve for each mode of a number', async () => {
    const { curves } = await calibrate(table, maker, untrained(), createRandom(3));

    expect(curves).toHaveLength(1);
    expect(curves[0]?.curves.filter((curve) => curve !== null)).toHaveLength(3);
  });

  it('should give the same bits for the same stream', async () => {
    const [one, other] = [
      await calibrate(table, maker, untrained(), createRandom(3)),
      await calibrate(table, maker, untrained(), createRandom(3)),
    ];

    expect(one).toEqual(other);
  });
});
