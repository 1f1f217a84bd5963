import {
  add,
  grad,
  mean,
  mul,
  reshape,
  type Scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/**
 * Gradient penalty of WGAN-GP (Gulrajani et al. 2017): mean (‖∇critic(x̂)‖₂ − 1)² over points x̂
 * between real and fake rows.
 *
 * @param real [rows, …]
 * @param fake [rows, …]
 * @param uniforms [rows, 1], the place of each x̂ between its two ends.
 */
export function gradientPenalty<T extends Tensor>(
  critic: (x: T) => Tensor,
  real: T,
  fake: T,
  uniforms: Tensor2D,
): Scalar {
  const places = reshape(uniforms, [uniforms.size, ...real.shape.slice(1).map(() => 1)]);
  const between = add<T>(fake, mul(places, sub(real, fake)));
  return penaltyOf(squaredGradientNorms(critic, between));
}

/** The same of the slopes ∇critic(x̂) themselves, in parts: each [rows, columns]. */
export function gradientNormPenalty(slopes: readonly Tensor2D[]): Scalar {
  const squares = slopes.map((part) => sum(square(part), 1));
  return penaltyOf(squares.reduce((total, part) => add(total, part)));
}

function penaltyOf(squaredNorms: Tensor): Scalar {
  // The square root has no slope at zero.
  return mean(square(sub(sqrt(add(squaredNorms, 1e-12)), 1)));
}

/** The R1 penalty (Mescheder et al. 2018): mean ½·‖∇critic(x)‖₂² over real rows. */
export function r1Penalty<T extends Tensor>(critic: (x: T) => Tensor, real: T): Scalar {
  return mul(mean(squaredGradientNorms(critic, real)), 0.5);
}

/** ‖∇critic(x)‖₂² for each row of x. */
function squaredGradientNorms<T extends Tensor>(critic: (x: T) => Tensor, x: T): Tensor {
  const slopes = grad((y) => sum(critic(y as T)))(x);
  const rows = x.shape[0] as number;
  return sum(square(reshape(slopes, [rows, slopes.size / rows])), 1);
}
