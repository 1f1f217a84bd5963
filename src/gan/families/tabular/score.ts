import type { SpanValues } from '../../../encode/encoder.js';
import type { EncodedTable, PlacedSpan } from '../../../encode/table.js';
import type { Score } from '../../training/training.js';

/** Codes of a column from this on count as one: they are the rarest. */
const mostCodes = 64;

/** Pairs of columns that are compared, at most. */
const mostPairs = 300;

/** One-hot spans of rows, as codes; null for a span of numbers. */
type Codes = readonly (Int32Array | null)[];

/** The codes of the first rows of spans. */
function codesOf(spans: readonly PlacedSpan[], values: readonly SpanValues[], rows: number): Codes {
  return spans.map(({ kind }, k) =>
    kind === 'onehot' ? (values[k] as Int32Array).subarray(0, rows) : null,
  );
}

/** How good made rows are, by as many held-out ones. */
export function scoreRows(held: EncodedTable, made: readonly SpanValues[]): Score {
  const { spans } = held.layout;
  const rows = Math.min(held.rows, made[0]?.length ?? 0);
  return scoreCodes(spans, codesOf(spans, made, rows), codesOf(spans, held.values, rows));
}

/**
 * How near made rows are to held-out ones: 1 less the total variation distance of two columns'
 * joint distribution, on average over pairs of columns; numbers count by their modes. And how many
 * different rows there are among the made ones, next to the held-out ones.
 */
function scoreCodes(spans: readonly PlacedSpan[], made: Codes, real: Codes): Score {
  const columns = spans.flatMap(({ kind }, k) => (kind === 'onehot' ? [k] : []));
  const pairs = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => [a, b] as const));
  // Of one column alone its own distribution.
  const all = pairs.length > 0 ? pairs : columns.map((a) => [a, a] as const);
  const every = Math.ceil(all.length / mostPairs);
  const chosen = all.filter((_, k) => k % every === 0);
  const width = (k: number) => Math.min(spans[k]?.size ?? 1, mostCodes);
  const total = chosen.reduce((sum, [a, b]) => {
    const [p, q] = [made, real].map((codes) =>
      jointShares(codes[a] as Int32Array, codes[b] as Int32Array, width(a), width(b)),
    ) as [Float64Array, Float64Array];
    return sum + p.reduce((distance, share, k) => distance + Math.abs(share - (q[k] as number)), 0);
  }, 0);
  const score = chosen.length === 0 ? 0 : 1 - total / 2 / chosen.length;
  return { score, variety: variety(made, columns) / variety(real, columns) };
}

function jointShares(a: Int32Array, b: Int32Array, rows: number, columns: number): Float64Array {
  const shares = new Float64Array(rows * columns);
  for (let k = 0; k < a.length; k++) {
    const at = Math.min(a[k] as number, rows - 1) * columns + Math.min(b[k] as number, columns - 1);
    shares[at] = (shares[at] as number) + 1 / a.length;
  }
  return shares;
}

/** Share of rows that are different in their codes. */
function variety(codes: Codes, columns: readonly number[]): number {
  const rows = codes[columns[0] ?? 0]?.length ?? 0;
  if (rows === 0) return 1;
  const different = new Set<string>();
  for (let row = 0; row < rows; row++) {
    different.add(columns.map((k) => codes[k]?.[row]).join());
  }
  return different.size / rows;
}
