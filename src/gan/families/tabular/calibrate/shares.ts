import type { EncodedTable, PlacedSpan, TableLayout } from '../../../../encode/table.js';
import type { RowShape } from '../shape.js';

/** Rounds of the correction; it converges geometrically. */
const rounds = 12;

/** Rows that each level is thought to have besides its own, so that shares of 0 stay finite. */
const prior = 0.5;

/** Levels of fewer expected rows than these are corrected together: alone they are noise. */
const leastRows = 16;

/** A level's offset is at most this: what the networks have excluded is not forced. */
const largestOffset = 3;

/** Shares of the codes of each span; none for spans of numbers. */
export type SpanShares = readonly (Float64Array | undefined)[];

/** The shares of codes in the rows of a table. */
export function sharesOfTable({ layout, values, rows }: EncodedTable): SpanShares {
  return layout.spans.map((span, index) =>
    span.kind === 'onehot' ? sharesOf(values[index] as Int32Array, span.size, rows) : undefined,
  );
}

/**
 * What to add to each logit so that every one-hot span has its levels as often as wanted: of all such
 * corrections the one that changes the rows least.
 *
 * @param logits [rows, width] of made rows.
 * @param gumbel [rows, onehots], the noise that they are made with.
 */
export function shareOffsets(
  layout: TableLayout,
  wanted: SpanShares,
  shape: RowShape,
  logits: Float32Array,
  gumbel: Float32Array,
): Float32Array {
  const offsets = new Float32Array(layout.width);
  layout.spans.forEach((span, index) => {
    const own = wanted[index];
    if (own) correctSpan(span, own, { shape, logits, gumbel, width: layout.width }, offsets);
  });
  return offsets;
}

function sharesOf(codes: Int32Array, size: number, rows: number): Float64Array {
  const counts = new Float64Array(size);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  return counts.map((count) => count / rows);
}

interface Made {
  readonly shape: RowShape;
  readonly logits: Float32Array;
  readonly gumbel: Float32Array;
  readonly width: number;
}

function correctSpan(
  { offset, size }: PlacedSpan,
  wanted: Float64Array,
  made: Made,
  offsets: Float32Array,
): void {
  const rows = made.logits.length / made.width;
  const own = offsets.subarray(offset, offset + size);
  const groups = groupsOf(wanted, rows);
  for (let round = 0; round < rounds; round++) {
    const counts = new Float64Array(size);
    for (let row = 0; row < rows; row++) {
      const code = codeOf(made, row, offset, own);
      counts[code] = (counts[code] as number) + 1;
    }
    for (const codes of groups) {
      const total = (values: Float64Array) =>
        codes.reduce((sum, code) => sum + (values[code] as number), 0);
      const change = Math.log((total(wanted) * rows + prior) / (total(counts) + prior));
      for (const code of codes) {
        const next = (own[code] as number) + change;
        own[code] = Math.max(-largestOffset, Math.min(largestOffset, next));
      }
    }
  }
}

/** Codes that are corrected together. */
function groupsOf(wanted: Float64Array, rows: number): number[][] {
  const codes = Array.from(wanted.keys());
  const isOften = (code: number) => (wanted[code] as number) * rows >= leastRows;
  const rare = codes.filter((code) => !isOften(code));
  return [...codes.filter(isOften).map((code) => [code]), ...(rare.length > 0 ? [rare] : [])];
}

/** The level with the largest logit, noise and offset included. */
export function codeOf(
  { shape, logits, gumbel, width }: Made,
  row: number,
  offset: number,
  offsets: Float32Array,
): number {
  const at = row * width + offset;
  const noise = row * shape.onehots + offset - shape.scalars;
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < offsets.length; k++) {
    const height =
      (logits[at + k] as number) + (gumbel[noise + k] as number) + (offsets[k] as number);
    if (height > highest) [best, highest] = [k, height];
  }
  return best;
}
