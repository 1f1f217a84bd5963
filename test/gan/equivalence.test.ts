import { describe, expect, it } from 'vitest';
import { compile, type Engine } from '../../src/compute/compile.js';
import type { Feed, Program } from '../../src/compute/program.js';
import { type HostTensors, mapEntries, sizeOf } from '../../src/compute/tensor.js';
import { createRandom } from '../../src/random.js';
import { largestDifference } from '../compute/engines.js';
import { caseCount } from '../support/cases.js';
import { type Recipe, recipes } from './recipes.js';

/** Steps that go alike one after the other: in more, what rounding does to one step grows in those after it. */
const inARow = 5;
/** Steps that go alike, each from the state of one engine. */
const steps = caseCount(5, 20);
/**
 * How many of them may part: now and then rounding moves a number over the kink of a leaky ReLU, whose
 * slope it then has on one engine alone. That shows in a few tensors, and not much.
 */
const kinks = { steps: Math.floor(steps / 10), share: 0.05 };

/** The recipe's program from its first state, or from another. */
async function start(recipe: Recipe, engine: Engine, state?: HostTensors): Promise<Program> {
  const from = state ?? recipe.state(createRandom('weights'));
  return compile({ step: recipe.step, state: from, inputs: recipe.inputs }, { engine });
}

function feedOf({ inputs, fill }: Recipe, step: number): Feed {
  const feed: Feed = mapEntries(inputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  fill(feed, createRandom(step));
  return feed;
}

/**
 * Largest difference of a tensor, as a share of its largest number. Where all its numbers are tiny,
 * those that they are sums of were not, and their rounding is.
 */
function largestShare(a: HostTensors, b: HostTensors): number {
  const shares = Object.entries(b).map(([name, { values }]) => {
    const others = (a[name] as HostTensors[string]).values;
    const numbers = Array.from(values);
    const difference = largest(numbers.map((value, k) => value - (others[k] as number)));
    const tiny = /^(adam\/second|rmsprop\/squares)\//.test(name) ? 1e-6 : 1e-3;
    return difference / Math.max(largest(numbers), tiny);
  });
  return largest(shares);
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
}

describe.each(Object.entries(recipes))('training %s', (_name, recipe) => {
  it('should go alike natively and eagerly: losses and state after each of the steps', async () => {
    const [native, eager] = [await start(recipe, 'onnx'), await start(recipe, 'tfjs')];

    for (let step = 0; step < inARow; step++) {
      const feed = feedOf(recipe, step);
      const losses = largestDifference(await native.run(feed), await eager.run(feed));
      expect(losses, `losses of step ${step}`).toBeLessThan(1e-4);
      // Adam divides by the gradient's size, so that rounding in tiny gradients shows in full.
      const state = largestDifference(native.readState(), eager.readState());
      expect(state, `state after step ${step}`).toBeLessThan(1e-4);
    }

    await native.dispose();
    await eager.dispose();
  });

  it('should take the same gradients from the same state', async () => {
    const native = await start(recipe, 'onnx');
    const shares: number[] = [];

    for (let step = 0; step < steps; step++) {
      const eager = await start(recipe, 'tfjs', native.readState());
      const feed = feedOf(recipe, step);
      const losses = largestDifference(await native.run(feed), await eager.run(feed));
      expect(losses, `losses of step ${step}`).toBeLessThan(1e-4);

      // The optimisers' decayed sums are of the gradients, and their squares, with what came before.
      const sums = (state: HostTensors) =>
        Object.fromEntries(
          Object.entries(state).filter(([name]) =>
            /^(adam\/(first|second)|rmsprop\/squares)\//.test(name),
          ),
        );
      expect(Object.keys(sums(eager.readState())).length).toBeGreaterThan(8);
      shares.push(largestShare(sums(native.readState()), sums(eager.readState())));
      await eager.dispose();
    }

    const parted = shares.filter((share) => share >= 1e-4);
    expect(parted.length, `shares that differ: ${shares}`).toBeLessThanOrEqual(kinks.steps);
    expect(largest(parted)).toBeLessThan(kinks.share);

    await native.dispose();
  });

  it('should change every weight', async () => {
    const program = await start(recipe, 'onnx');
    await program.run(feedOf(recipe, 0));
    const early = program.readState();

    await program.run(feedOf(recipe, 1));

    for (const [name, { values }] of Object.entries(program.readState())) {
      if (recipe.still?.test(name)) continue;
      // Of one output the singular vector is 1 or -1.
      if (name.endsWith('/runningVector') && values.length === 1) continue;
      expect(values, name).not.toEqual(early[name]?.values);
    }
    await program.dispose();
  });
});
