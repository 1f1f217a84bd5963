/**
 * Time of one training step of the tabular recipe: recorded and compiled (onnx, one thread) against
 * the same step run eagerly on tfjs's CPU backend.
 */
import { parseArgs } from 'node:util';
import { compile, type Engine } from '../src/compute/compile.js';
import { mapEntries, sizeOf } from '../src/compute/tensor.js';
import { fillNoise } from '../src/gan/noise.js';
import { trainingInputs } from '../src/gan/tabular/inputs.js';
import { ctgan } from '../src/gan/tabular/recipe.js';
import type { RowShape } from '../src/gan/tabular/shape.js';
import { initialState } from '../src/gan/tabular/state.js';
import { tabularStep } from '../src/gan/tabular/step.js';
import { createRandom } from '../src/random.js';
import { median, show } from './statistics.js';

const adult = shapeOf([9, 16, 7, 15, 6, 5, 2, 42, 2], [10, 10, 2, 2, 10, 10]);
const penguins = shapeOf([3, 3, 3], [2, 2, 2, 3, 2, 2, 2, 3]);
const warmUp = 2;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      steps: { type: 'string', default: '50' },
      'eager-steps': { type: 'string', default: '3' },
    },
  });
  console.log(`one CTGAN step, batch ${ctgan.batch}, pack ${ctgan.pack}; ms, mean ± sd\n`);
  console.log('| table | onnx | tfjs cpu | ratio of medians |\n|---|---|---|---|');
  for (const [name, shape] of Object.entries({
    'penguins-shaped': penguins,
    'adult-shaped': adult,
  })) {
    const native = await time(shape, 'onnx', Number(values.steps));
    const eager = await time(shape, 'tfjs', Number(values['eager-steps']));
    const ratio = (median(eager) / median(native)).toFixed(0);
    console.log(
      `| ${name}, ${shape.width} numbers a row | ${show(native, 1)} | ${show(eager, 0)} | ${ratio}× |`,
    );
  }
}

/** A table with as many categorical columns, and continuous ones by their modes. */
function shapeOf(categories: number[], modes: number[]): RowShape {
  const sum = (widths: number[]) => widths.reduce((total, width) => total + width, 0);
  const [condition, onehots] = [sum(categories), sum(categories) + sum(modes)];
  const scalars = modes.length;
  const spans = [...categories, ...modes];
  const counts = categories.map((width) => new Array<number>(width).fill(1));
  return { width: scalars + onehots, scalars, counts, categories, spans, condition, onehots };
}

/** Milliseconds of each step, noise included, after a warm-up. */
async function time(shape: RowShape, engine: Engine, steps: number): Promise<number[]> {
  const inputs = trainingInputs(ctgan, shape);
  const random = createRandom(1);
  const state = initialState(ctgan, shape, random);
  const program = await compile({ step: tabularStep(ctgan, shape), state, inputs }, { engine });
  const feed = mapEntries(inputs, (input) => new Float32Array(sizeOf(input.shape)));
  const times: number[] = [];
  for (let k = 0; k < steps + warmUp; k++) {
    const start = performance.now();
    fillNoise(inputs, feed, random.fork(k));
    await program.run(feed);
    if (k >= warmUp) times.push(performance.now() - start);
  }
  await program.dispose();
  return times;
}
