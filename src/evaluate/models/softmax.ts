/** Scores of `classes` a row → probabilities, in place. */
export function softmaxRows(scores: Float64Array, classes: number): Float64Array {
  for (let start = 0; start < scores.length; start += classes) {
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = start; k < start + classes; k++) highest = Math.max(highest, scores[k] as number);
    let sum = 0;
    for (let k = start; k < start + classes; k++) {
      const power = Math.exp((scores[k] as number) - highest);
      scores[k] = power;
      sum += power;
    }
    for (let k = start; k < start + classes; k++) scores[k] = (scores[k] as number) / sum;
  }
  return scores;
}

/** Scores of the second of two classes as probabilities of both, [rows, 2]. */
export function logisticRows(scores: Float64Array): Float64Array {
  const probabilities = new Float64Array(2 * scores.length);
  for (let row = 0; row < scores.length; row++) {
    const probability = 1 / (1 + Math.exp(-(scores[row] as number)));
    probabilities[2 * row] = 1 - probability;
    probabilities[2 * row + 1] = probability;
  }
  return probabilities;
}
