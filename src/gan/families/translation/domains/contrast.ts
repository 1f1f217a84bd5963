import {
  add,
  cast,
  div,
  mul,
  type Scalar,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import type { Feed } from '../../../../compute/program.js';
import type { HostTensors, StepFunction, Tensors } from '../../../../compute/tensor.js';
import type { ImageShape } from '../../../../encode/image/layout.js';
import { gradientsOf, select } from '../../../../nn/gradients.js';
import type { Network } from '../../../../nn/network.js';
import { createOptimizer, optimize } from '../../../../nn/optimizers/optimizer.js';
import { scope, unscope } from '../../../../nn/scope.js';
import type { Random } from '../../../../random.js';
import { losses } from '../../../losses/adversarial.js';
import { patchCritic } from '../networks/patch-critic.js';
import { createProjections } from '../networks/projections.js';
import { type ResidualGenerator, residualGenerator } from '../networks/residual.js';
import { rateInput } from '../rate.js';
import type { ContrastRecipe } from '../recipe.js';
import type { DomainGan } from './domain-gan.js';
import { data, domainInputs, sharedInputs } from './inputs.js';
import { judgePatches } from './judge-patches.js';
import { describePlaces, patchNce } from './patch-nce.js';

const uses = ['real', 'fake', 'generator'] as const;
const placesInput = (depth: number) => `places${depth}`;

/**
 * CUT (Park et al. 2020): one generator and one critic. What is at a place of an image stays there, as
 * features of the generator's own first half are told apart place by place.
 */
export function contrastGan(recipe: ContrastRecipe, image: ImageShape): DomainGan {
  const { blocks, filters, criticFilters, patch, places } = recipe;
  const generator = residualGenerator(image, { filters, blocks });
  const critic = patchCritic(image, criticFilters, patch);
  const counts = generator.depths.map(([height = 0, width = 0]) => height * width);
  return {
    recipe,
    image,
    inputs: {
      ...sharedInputs(recipe, image, uses),
      ...Object.fromEntries(
        counts.map((count, depth) => [placesInput(depth), data([Math.min(places, count)])]),
      ),
    },
    step: contrastStep(recipe, generator, critic),
    state: (random) => createState(recipe, generator, critic, random),
    fill: (feed, random) => fillPlaces(feed, counts, random.fork('places')),
    forward: 'generator/',
  };
}

function createState(
  { generatorOptimizer, criticOptimizer }: ContrastRecipe,
  generator: ResidualGenerator,
  critic: Network,
  random: Random,
): HostTensors {
  const features = generator.depths.map((shape) => shape.at(-1) as number);
  const makers = {
    ...unscope(generator.create(random.fork('generator')), 'generator/'),
    ...unscope(createProjections(features, random.fork('projections')), 'projections/'),
  };
  const judges = unscope(critic.create(random.fork('critic')), 'critic/');
  return {
    ...makers,
    ...judges,
    ...createOptimizer('generator', generatorOptimizer, makers),
    ...createOptimizer('critic', criticOptimizer, judges),
  };
}

/** Draws the places of each depth, none twice (Floyd's algorithm, in the words of Bentley 1987). */
function fillPlaces(feed: Feed, counts: readonly number[], random: Random): void {
  for (const [depth, count] of counts.entries()) {
    const target = feed[placesInput(depth)] as Float32Array;
    const own = random.fork(depth);
    const chosen = new Set<number>();
    for (let last = count - target.length; last < count; last++) {
      const place = own.integer(last + 1);
      chosen.add(chosen.has(place) ? last : place);
    }
    target.set([...chosen]);
  }
}

/** One training step: an update of the critic, then one of the generator and the projections. */
function contrastStep(
  recipe: ContrastRecipe,
  generator: ResidualGenerator,
  critic: Network,
): StepFunction {
  const loss = losses[recipe.loss];
  const judge = { recipe, critic };
  const make = (weights: Tensors, image: Tensor) =>
    generator.apply(scope(weights, 'generator/'), image, { training: true }).y;
  return (state, inputs) => {
    const rate = inputs[rateInput] as Scalar;
    const [from, to] = [inputs[domainInputs.from], inputs[domainInputs.to]] as [Tensor, Tensor];
    const places = generator.depths.map((_, depth) =>
      cast(inputs[placesInput(depth)] as Tensor1D, 'int32'),
    );
    const describe = (weights: Tensors, images: Tensor) =>
      describePlaces(
        generator.encode(scope(weights, 'generator/'), images),
        places,
        scope(weights, 'projections/'),
      );
    const fake = make(state, from);
    const critics = gradientsOf(select(state, 'critic/'), (weights) => {
      const score = (images: Tensor, use: string) =>
        judgePatches(judge, scope(weights, 'critic/'), images, inputs, use);
      return loss.critic(score(to, 'real'), score(fake, 'fake'), 1);
    });
    const judged = {
      ...state,
      ...optimize('critic', recipe.criticOptimizer, state, critics.gradients, rate),
    };
    // What went in is what is to be found again: nothing is learned by it.
    const given = { from: describe(state, from), to: recipe.identity ? describe(state, to) : [] };
    const weights = { ...select(judged, 'generator/'), ...select(judged, 'projections/') };
    const generators = gradientsOf(weights, (own) => {
      const made = make(own, from);
      const scores = judgePatches(judge, scope(judged, 'critic/'), made, inputs, 'generator');
      const contrast = patchNce(describe(own, made), given.from, recipe.temperature);
      const kept = recipe.identity
        ? patchNce(describe(own, make(own, to)), given.to, recipe.temperature)
        : undefined;
      const both = kept ? div<Scalar>(add(contrast, kept), 2) : contrast;
      return add<Scalar>(loss.generator(scores), mul(both, recipe.contrast));
    });
    return {
      state: {
        ...judged,
        ...optimize('generator', recipe.generatorOptimizer, judged, generators.gradients, rate),
      },
      outputs: { critic: critics.value, generator: generators.value },
    };
  };
}
