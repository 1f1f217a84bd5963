import {
  add,
  div,
  mean,
  mul,
  neg,
  relu,
  type Scalar,
  softplus,
  square,
  sub,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { LossName } from './names.js';

/**
 * What the two networks want of the critic's scores [rows, 1]: high ones for real rows, low ones for
 * fake rows. Both are made small.
 */
export interface AdversarialLoss {
  /**
   * The loss that the critic (discriminator) minimises, of the scores of real and made rows.
   *
   * @param target What a real row is to be: 1, or less for one-sided label smoothing.
   */
  critic(real: Tensor, fake: Tensor, target: number): Scalar;
  /** The loss that the generator minimises, of the scores of its rows. */
  generator(fake: Tensor): Scalar;
}

/** −log σ(x) and −log(1 − σ(x)): the cross-entropy of a score as a logit. */
const wantsReal = (scores: Tensor) => mean(softplus(neg(scores))) as Scalar;
const wantsFake = (scores: Tensor) => mean(softplus(scores)) as Scalar;

/** The mean over the real and the fake half. */
const half = (real: Tensor, fake: Tensor) => div<Scalar>(add(real, fake), 2);

function crossEntropy(real: Tensor, fake: Tensor, target: number): Scalar {
  const smooth = add(mul(wantsReal(real), target), mul(wantsFake(real), 1 - target));
  return half(target === 1 ? wantsReal(real) : smooth, wantsFake(fake));
}

/** The original game (Goodfellow et al. 2014): the generator loses what the critic wins. */
export const minimax: AdversarialLoss = {
  critic: crossEntropy,
  generator: (fake) => neg(wantsFake(fake)),
};

/** The same with the generator's loss that does not fade when the critic wins (ibid.). */
export const nonSaturating: AdversarialLoss = {
  critic: crossEntropy,
  generator: wantsReal,
};

/** Least squares (Mao et al. 2017): real is 1, fake is 0. */
export const leastSquares: AdversarialLoss = {
  critic: (real, fake, target) => half(mean(square(sub(real, target))), mean(square(fake))),
  generator: (fake) => div(mean(square(sub(fake, 1))), 2),
};

/** Wasserstein distance (Arjovsky et al. 2017), with a critic that is kept smooth elsewhere. */
export const wasserstein: AdversarialLoss = {
  critic: (real, fake) => sub(mean(fake), mean(real)),
  generator: (fake) => neg(mean(fake)),
};

/** Hinge loss (Lim and Ye 2017). */
export const hinge: AdversarialLoss = {
  critic: (real, fake) => add(mean(relu(sub(1, real))), mean(relu(add(1, fake)))),
  generator: (fake) => neg(mean(fake)),
};

/** The losses by name. */
export const losses = { minimax, nonSaturating, leastSquares, wasserstein, hinge } satisfies Record<
  LossName,
  AdversarialLoss
>;
