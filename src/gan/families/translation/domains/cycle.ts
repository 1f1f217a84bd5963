import {
  abs,
  add,
  mean,
  mul,
  type Scalar,
  sub,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { HostTensors, StepFunction, Tensors } from '../../../../compute/tensor.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import { gradientsOf, select } from '../../../../nn/gradients.js';
import type { Network } from '../../../../nn/network.js';
import { createOptimizer, optimize } from '../../../../nn/optimizers/optimizer.js';
import { scope, unscope } from '../../../../nn/scope.js';
import type { Random } from '../../../../random.js';
import { losses } from '../../../losses/adversarial.js';
import { patchCritic } from '../networks/patch-critic.js';
import { residualGenerator } from '../networks/residual.js';
import { rateInput } from '../rate.js';
import type { CycleRecipe } from '../recipe.js';
import type { DomainGan } from './domain-gan.js';
import { createHistory, exchange, fillHistory, historyInputs } from './history.js';
import { domainInputs, sharedInputs } from './inputs.js';
import { judgePatches } from './judge-patches.js';

/** The two directions: names of generators, and of the critics of what they make. */
const directions = ['forward', 'back'] as const;
type Direction = (typeof directions)[number];

const uses = directions.flatMap((direction) =>
  ['Real', 'Fake', 'Generator'].map((use) => direction + use),
);
const historyOf = (direction: Direction) => `history/${direction}`;
const historyInput = (direction: Direction) => `${direction}History`;

/** CycleGAN (Zhu et al. 2017): two generators, each held to undo the other, and two critics. */
export function cycleGan(recipe: CycleRecipe, image: ImageShape): DomainGan {
  const { blocks, filters, criticFilters, patch, history, batch } = recipe;
  const generator = residualGenerator(image, { filters, blocks });
  const critic = patchCritic(image, criticFilters, patch);
  const shape = [image.height, image.width, image.channels];
  const forEach = <Value>(make: (direction: Direction) => Record<string, Value>) =>
    Object.assign({}, ...directions.map(make)) as Record<string, Value>;
  return {
    recipe,
    image,
    inputs: {
      ...sharedInputs(recipe, image, uses),
      ...(history > 0
        ? forEach((direction) => historyInputs(historyInput(direction), history, batch))
        : {}),
    },
    step: cycleStep(recipe, generator, critic),
    state: (random) => createState(recipe, { generator, critic, shape }, random),
    fill(feed, random, step) {
      if (history === 0) return;
      for (const direction of directions) {
        const own = random.fork('history', direction);
        fillHistory(feed, historyInput(direction), { size: history, batch, step, random: own });
      }
    },
    forward: 'generator/forward/',
    back: 'generator/back/',
  };
}

function createState(
  recipe: CycleRecipe,
  networks: { generator: Network; critic: Network; shape: readonly number[] },
  random: Random,
): HostTensors {
  const create = (kind: 'generator' | 'critic'): HostTensors =>
    Object.assign(
      {},
      ...directions.map((direction) =>
        unscope(networks[kind].create(random.fork(kind, direction)), `${kind}/${direction}/`),
      ),
    );
  const [generators, critics] = [create('generator'), create('critic')];
  const histories = directions.map((direction) => [
    historyOf(direction),
    createHistory(recipe.history, networks.shape),
  ]);
  return {
    ...generators,
    ...critics,
    ...createOptimizer('generator', recipe.generatorOptimizer, generators),
    ...createOptimizer('critic', recipe.criticOptimizer, critics),
    ...(recipe.history > 0 ? Object.fromEntries(histories) : {}),
  };
}

/** One training step: an update of both generators, then one of both critics. */
function cycleStep(recipe: CycleRecipe, generator: Network, critic: Network): StepFunction {
  const loss = losses[recipe.loss];
  const judge = { recipe, critic };
  const distance = (a: Tensor, b: Tensor) => mean(abs(sub(a, b))) as Scalar;
  const make = (weights: Tensors, direction: Direction, image: Tensor) =>
    generator.apply(scope(weights, `generator/${direction}/`), image, { training: true }).y;
  return (state, inputs) => {
    const rate = inputs[rateInput] as Scalar;
    const real = {
      forward: inputs[domainInputs.from] as Tensor,
      back: inputs[domainInputs.to] as Tensor,
    };
    const other = { forward: 'back', back: 'forward' } as const;
    const generators = gradientsOf(select(state, 'generator/'), (weights) => {
      const terms = directions.map((direction) => {
        const made = make(weights, direction, real[direction]);
        const scores = judgePatches(
          judge,
          scope(state, `critic/${direction}/`),
          made,
          inputs,
          `${direction}Generator`,
        );
        const returned = distance(make(weights, other[direction], made), real[direction]);
        const adversarial = add<Scalar>(loss.generator(scores), mul(returned, recipe.cycle));
        if (recipe.identity === 0) return adversarial;
        const own = real[other[direction]];
        const kept = distance(make(weights, direction, own), own);
        return add<Scalar>(adversarial, mul(kept, recipe.cycle * recipe.identity));
      }) as [Scalar, Scalar];
      return add<Scalar>(terms[0], terms[1]);
    });
    const fakes = Object.fromEntries(
      directions.map((direction) => {
        const made = make(state, direction, real[direction]);
        const history = state[historyOf(direction)];
        if (!history) return [direction, { seen: made }];
        const name = historyInput(direction);
        const [slot, swap] = [inputs[`${name}Slot`], inputs[`${name}Swap`]] as [Tensor2D, Tensor2D];
        return [direction, exchange(history as Tensor2D, made, slot, swap)];
      }),
    ) as Record<Direction, { readonly seen: Tensor; readonly history?: Tensor2D }>;
    const critics = gradientsOf(select(state, 'critic/'), (weights) => {
      const terms = directions.map((direction) => {
        const own = scope(weights, `critic/${direction}/`);
        const score = (images: Tensor, use: string) =>
          judgePatches(judge, own, images, inputs, direction + use);
        const truth = real[other[direction]];
        return loss.critic(score(truth, 'Real'), score(fakes[direction].seen, 'Fake'), 1);
      }) as [Scalar, Scalar];
      return add<Scalar>(terms[0], terms[1]);
    });
    const histories = directions.flatMap((direction) => {
      const { history } = fakes[direction];
      return history ? [[historyOf(direction), history] as const] : [];
    });
    return {
      state: {
        ...state,
        ...optimize('generator', recipe.generatorOptimizer, state, generators.gradients, rate),
        ...optimize('critic', recipe.criticOptimizer, state, critics.gradients, rate),
        ...Object.fromEntries(histories),
      },
      outputs: { critic: critics.value, generator: generators.value },
    };
  };
}
