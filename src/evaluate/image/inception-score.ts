/**
 * Inception score (Salimans et al. 2016) with a classifier of one's own: exp(E KL(p(y|x) ‖ p(y))),
 * from 1, where all look alike or like nothing, to the number of classes, where each is told with
 * certainty and all are as many.
 *
 * @param probabilities [rows, classes], as the classifier says them.
 */
export function inceptionScore(probabilities: Float32Array, classes: number): number {
  const rows = probabilities.length / classes;
  const marginal = new Float64Array(classes);
  probabilities.forEach((probability, at) => {
    marginal[at % classes] = (marginal[at % classes] as number) + probability / rows;
  });
  let divergence = 0;
  probabilities.forEach((probability, at) => {
    if (probability <= 0) return;
    divergence += probability * Math.log(probability / (marginal[at % classes] as number));
  });
  return Math.exp(divergence / rows);
}

/** Logits [rows, classes] → probabilities of each row. */
export function softmaxRows(logits: Float32Array, classes: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let at = 0; at < logits.length; at += classes) {
    const own = logits.subarray(at, at + classes);
    const largest = Math.max(...own);
    const powers = Array.from(own, (logit) => Math.exp(logit - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    powers.forEach((power, k) => {
      probabilities[at + k] = power / sum;
    });
  }
  return probabilities;
}
