import type { EncodedTable, TableLayout } from '../../../../../encode/table.js';
import { projectCounts } from '../../../../../privacy/noisy-counts.js';
import type { SecretRandom } from '../../../../../privacy/secret-random.js';
import { type PairFeatures, pairFeatures, sparseFeatures } from '../pairs/features.js';
import { type PairMoments, standardised } from '../pairs/moments.js';

/** Noise alone is as far from independence as so many deviations of its square once in a thousand pairs. */
const clearly = 3;

/** Pairs of columns, and so joint histograms: a row is in one cell of each at most. */
export function countPairs(columns: number): number {
  return (columns * (columns - 1)) / 2;
}

/**
 * Moments of pairs of codes, by a joint histogram of each pair of columns with noise on its counts.
 *
 * @param rows About how many rows there are.
 * @param most Codes are at most about so many.
 */
export function noisyPairMoments(
  table: EncodedTable,
  rows: number,
  deviation: number,
  random: SecretRandom,
  most: number,
): PairMoments {
  const features = pairFeatures(table.layout, most);
  const size = features.count + 1;
  const counts = jointCounts(table, features);
  const raw = new Float64Array(size * size);
  const groups = groupsOf(table.layout, features);
  const put = (i: number, j: number, share: number) => {
    raw[i * size + j] = share;
    raw[j * size + i] = share;
  };
  groups.forEach((own, a) => {
    own.shares.forEach((share, code) => {
      put(own.start + code, own.start + code, share);
      put(own.start + code, features.count, share);
    });
    for (const [b, other] of groups.slice(0, a).entries()) {
      const noisy = random
        .fork('pair', a, b)
        .fillNormal(new Float64Array(own.shares.length * other.shares.length), deviation);
      eachCell(own, other, (cell, i, j) => {
        noisy[cell] = (noisy[cell] as number) + (counts[i * size + j] as number);
      });
      const likely = likelyCounts(noisy, own, other, rows, deviation);
      eachCell(own, other, (cell, i, j) => put(i, j, (likely[cell] as number) / rows));
    }
  });
  raw[raw.length - 1] = 1;
  return { features, contexts: [], ...standardised(raw, 1, size) };
}

/** Calls `visit` with the cells of a joint histogram, row-major, and the places of its two codes. */
function eachCell(
  { start: first, shares: { length: height } }: CodeGroup,
  { start: second, shares: { length: width } }: CodeGroup,
  visit: (cell: number, i: number, j: number) => void,
): void {
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) visit(i * width + j, first + i, second + j);
  }
}

/**
 * A joint histogram without most of its noise: shrunk to that of columns which have nothing to do with each
 * other by as much as is noise (after James and Stein 1961), and made of counts of the known total.
 */
function likelyCounts(
  noisy: Float64Array,
  own: CodeGroup,
  other: CodeGroup,
  rows: number,
  deviation: number,
): Float64Array {
  const independent = own.shares.flatMap((a) => other.shares.map((b) => rows * a * b));
  const away = noisy.map((count, cell) => count - (independent[cell] as number));
  const square = away.reduce((sum, distance) => sum + distance ** 2, 0);
  const ofNoise = noisy.length + clearly * Math.sqrt(2 * noisy.length);
  const kept = Math.max(0, 1 - (ofNoise * deviation ** 2) / square);
  const shrunk = away.map((distance, cell) => (independent[cell] as number) + kept * distance);
  return projectCounts(shrunk, rows * own.covered * other.covered);
}

/** How many rows have each two features. */
function jointCounts(table: EncodedTable, features: PairFeatures): Float64Array {
  const size = features.count + 1;
  const read = sparseFeatures(features, table);
  const places = new Int32Array(size);
  const values = new Float64Array(size);
  const counts = new Float64Array(size * size);
  for (let row = 0; row < table.rows; row++) {
    const found = read(row, places, values);
    for (let i = 0; i < found; i++) {
      for (let j = 0; j < found; j++) {
        const at = (places[i] as number) * size + (places[j] as number);
        counts[at] = (counts[at] as number) + 1;
      }
    }
  }
  return counts;
}

/** The codes of one column among the features. */
interface CodeGroup {
  /** Place of the first. */
  readonly start: number;
  /** Share of the rows that has each, by the encoders' own counts. */
  readonly shares: readonly number[];
  /** Share of the rows that has one of these. */
  readonly covered: number;
}

function groupsOf({ spans }: TableLayout, { plain }: PairFeatures): CodeGroup[] {
  const placeOf = new Map<number, number>();
  let next = 0;
  for (const { start, size } of plain) {
    for (let k = 0; k < size; k++) placeOf.set(start + k, next++);
  }
  return spans.flatMap((span): CodeGroup[] => {
    const start = placeOf.get(span.offset);
    if (span.kind !== 'onehot' || !span.counts || start === undefined) return [];
    const total = span.counts.reduce((sum, count) => sum + count, 0) || 1;
    const all = span.counts.map((count) => count / total);
    const shares = all.filter((_, code) => placeOf.has(span.offset + code));
    return [{ start, shares, covered: shares.reduce((sum, share) => sum + share, 0) }];
  });
}
