import {
  add,
  grad,
  mean,
  mul,
  type Scalar,
  sqrt,
  square,
  sub,
  sum,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/**
 * Gradient penalty of WGAN-GP (Gulrajani et al. 2017): mean (‖∇critic(x̂)‖₂ − 1)² over points x̂
 * between real and fake rows.
 *
 * @param real [rows, width]
 * @param fake [rows, width]
 * @param uniforms [rows, 1], the place of each x̂ between its two ends.
 */
export function gradientPenalty(
  critic: (x: Tensor2D) => Tensor2D,
  real: Tensor2D,
  fake: Tensor2D,
  uniforms: Tensor2D,
): Scalar {
  const between = add<Tensor2D>(fake, mul(uniforms, sub(real, fake)));
  const slopes = grad((x) => sum(critic(x as Tensor2D)))(between);
  // The square root has no slope at zero.
  const norms = sqrt(add(sum(square(slopes), 1), 1e-12));
  return mean(square(sub(norms, 1)));
}
