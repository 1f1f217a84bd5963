/** Updates of the critic before an update of the generator that it is to be well ahead of. */
const updates = 100;

/** Updates of the generator at the start that it is well ahead of, and then every so many. */
const [first, every] = [25, 500] as const;

/**
 * Whether a step of a WGAN (Arjovsky et al. 2017) is one for the generator too: before each of its
 * first 25 updates, and before every 500th, there are steps for the critic alone, so that the
 * critic has 100 updates.
 *
 * @param step From 0.
 * @param criticSteps Updates of the critic in a step.
 */
export function isForGenerator(step: number, criticSteps: number): boolean {
  const long = Math.ceil(updates / criticSteps);
  // The start, and then cycles of one long turn and the short ones after it.
  const start = first * long;
  if (step < start) return (step + 1) % long === 0;
  const rest = every - first;
  if (step < start + rest) return true;
  const place = (step - start - rest) % (long + every - 1);
  return place >= long - 1;
}
