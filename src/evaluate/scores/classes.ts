/** How often each class was taken for each: `counts[truth × classes + taken]`. */
export function confusion(
  truth: ArrayLike<number>,
  taken: ArrayLike<number>,
  classes: number,
  weights?: ArrayLike<number>,
): Float64Array {
  const counts = new Float64Array(classes * classes);
  for (let row = 0; row < truth.length; row++) {
    const at = (truth[row] as number) * classes + (taken[row] as number);
    counts[at] = (counts[at] as number) + (weights ? (weights[row] as number) : 1);
  }
  return counts;
}

export function accuracy(counts: Float64Array, classes: number): number {
  let right = 0;
  for (let k = 0; k < classes; k++) right += counts[k * classes + k] as number;
  return right / counts.reduce((sum, count) => sum + count, 0);
}

/** 2 TP / (2 TP + FP + FN) of one class; 0 where it neither occurs nor is predicted. */
export function f1(counts: Float64Array, classes: number, positive: number): number {
  let [is, said] = [0, 0];
  for (let k = 0; k < classes; k++) {
    is += counts[positive * classes + k] as number;
    said += counts[k * classes + positive] as number;
  }
  const hits = counts[positive * classes + positive] as number;
  return is + said === 0 ? 0 : (2 * hits) / (is + said);
}

/** The mean of F1 over the classes that occur or are predicted. */
export function macroF1(counts: Float64Array, classes: number): number {
  let [sum, present] = [0, 0];
  for (let code = 0; code < classes; code++) {
    let any = 0;
    for (let k = 0; k < classes; k++) {
      any += (counts[code * classes + k] as number) + (counts[k * classes + code] as number);
    }
    if (any === 0) continue;
    present++;
    sum += f1(counts, classes, code);
  }
  return sum / present;
}

/** The most probable class of each row, of row-major probabilities; the first of equals. */
export function mostProbable(probabilities: Float64Array, classes: number): Int32Array {
  const taken = new Int32Array(probabilities.length / classes);
  for (let row = 0; row < taken.length; row++) {
    let best = 0;
    for (let code = 1; code < classes; code++) {
      const at = row * classes;
      if ((probabilities[at + code] as number) > (probabilities[at + best] as number)) best = code;
    }
    taken[row] = best;
  }
  return taken;
}

/** Probabilities below this one cost as much as it: else one row could cost without bound. */
const leastProbability = 1e-6;

/** The mean of −log p over the rows, where p is the probability that a row's own class was given. */
export function logLoss(
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classes: number,
  weights?: ArrayLike<number>,
): number {
  let [sum, total] = [0, 0];
  for (let row = 0; row < truth.length; row++) {
    const weight = weights ? (weights[row] as number) : 1;
    const given = probabilities[row * classes + (truth[row] as number)] as number;
    sum -= weight * Math.log(Math.max(given, leastProbability));
    total += weight;
  }
  return sum / total;
}
