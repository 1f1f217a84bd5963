/** Name of the input that learning rates are multiplied by. */
export const rateInput = 'rate';

/**
 * What learning rates are multiplied by in a step: 1, and over a last share of the steps less and less
 * (Zhu et al. 2017: constant for 100 epochs, then linearly to 0 over as many).
 *
 * @param step From 0.
 * @param decay Share of the steps in which it falls.
 */
export function rateAt(step: number, steps: number, decay: number): number {
  const falling = Math.ceil(steps * decay);
  const start = steps - falling;
  return step < start ? 1 : 1 - (step - start) / (falling + 1);
}
