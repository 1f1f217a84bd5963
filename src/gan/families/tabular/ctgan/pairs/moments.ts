import type { EncodedTable } from '../../../../../encode/table.js';
import { type PairFeatures, pairFeatures, sparseFeatures } from './features.js';

/** What the pairs of a row's features are on average in the data, for each context. */
export interface PairMoments {
  readonly features: PairFeatures;
  /** Columns of the encoded row that are the contexts; none for one context, all rows. */
  readonly contexts: readonly number[];
  /** Mean and scale by which each feature is standardised. */
  readonly mean: Float32Array;
  readonly scale: Float32Array;
  /** [contexts, features + 1, features + 1]; the last feature is a constant 1. */
  readonly moments: Float32Array;
}

/** Rarer features are not blown up further: of a share of 0.25 %. */
const leastScale = 0.05;

/**
 * Moments of the pairs of all features over the rows of a table, within each level of the
 * `target` span.
 *
 * @param weights Of the rows; they sum to 1.
 */
export function pairMoments(
  table: EncodedTable,
  weights: Float64Array,
  contexts: readonly number[],
  most?: number,
): PairMoments {
  const features = pairFeatures(table.layout, most);
  const size = features.count + 1;
  const read = sparseFeatures(features, table);
  const places = new Int32Array(size);
  const values = new Float64Array(size);
  const contextOf = contextReader(table, contexts);
  const count = Math.max(contexts.length, 1);
  const raw = new Float64Array(count * size * size);
  for (let row = 0; row < table.rows; row++) {
    const context = contextOf(row);
    const found = read(row, places, values);
    places[found] = features.count;
    values[found] = 1;
    const weight = weights[row] as number;
    const base = context * size * size;
    for (let i = 0; i <= found; i++) {
      const start = base + (places[i] as number) * size;
      const own = weight * (values[i] as number);
      for (let j = 0; j <= found; j++) {
        const at = start + (places[j] as number);
        raw[at] = (raw[at] as number) + own * (values[j] as number);
      }
    }
  }
  return { features, contexts, ...standardised(raw, count, size) };
}

function contextReader({ layout, values }: EncodedTable, contexts: readonly number[]) {
  const first = contexts[0];
  if (first === undefined) return () => 0;
  const index = layout.spans.findIndex(
    ({ offset, size }) => first >= offset && first < offset + size,
  );
  return (row: number) => values[index]?.[row] as number;
}

/** Sums of products of features, of weights that sum to 1, as moments of standardised features. */
export function standardised(raw: Float64Array, count: number, size: number) {
  const last = size - 1;
  const cell = (context: number, i: number, j: number) =>
    raw[(context * size + i) * size + j] as number;
  const sum = (i: number, j: number) => {
    let total = 0;
    for (let context = 0; context < count; context++) total += cell(context, i, j);
    return total;
  };
  const mean = new Float32Array(size);
  const scale = new Float32Array(size).fill(1);
  for (let i = 0; i < last; i++) {
    mean[i] = sum(i, last);
    scale[i] = Math.max(Math.sqrt(Math.max(sum(i, i) - (mean[i] as number) ** 2, 0)), leastScale);
  }
  const moments = new Float32Array(raw.length);
  for (let context = 0, at = 0; context < count; context++) {
    const one = cell(context, last, last);
    for (let i = 0; i < size; i++) {
      const [mi, ai] = [mean[i] as number, cell(context, i, last)];
      for (let j = 0; j < size; j++, at++) {
        const [mj, aj] = [mean[j] as number, cell(context, j, last)];
        const central = cell(context, i, j) - mi * aj - ai * mj + mi * mj * one;
        moments[at] = central / ((scale[i] as number) * (scale[j] as number));
      }
    }
  }
  return { mean, scale, moments };
}
