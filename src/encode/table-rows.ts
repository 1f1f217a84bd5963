import type { SpanValues } from './encoder.js';
import type { EncodedTable, PlacedSpan, TableLayout } from './table-layout.js';

/**
 * One-hot expansion of chosen rows, into the first `rowIndices.length` × `layout.width` numbers of
 * `target`, row after row.
 */
export function expandRows(
  table: EncodedTable,
  rowIndices: Int32Array,
  target: Float32Array,
): void {
  const { spans, width } = table.layout;
  const rows = rowIndices.length;
  if (target.length < rows * width) {
    throw new RangeError(`target holds ${target.length} numbers, not ${rows} × ${width}`);
  }
  target.fill(0, 0, rows * width);
  for (let index = 0; index < spans.length; index++) {
    const { kind, offset } = spans[index] as PlacedSpan;
    const values = table.values[index] as SpanValues;
    if (kind === 'scalar') {
      for (let i = 0, at = offset; i < rows; i++, at += width) {
        target[at] = values[rowIndices[i] as number] as number;
      }
    } else {
      for (let i = 0, at = offset; i < rows; i++, at += width) {
        target[at + (values[rowIndices[i] as number] as number)] = 1;
      }
    }
  }
}

/**
 * A row-major rows × `layout.width` matrix → codes (the first highest number of each one-hot span)
 * and scalars (clipped to [-1, 1]; NaN becomes 0), one array per placed span.
 */
export function collapseRows(
  layout: TableLayout,
  matrix: Float32Array,
  rows: number,
): SpanValues[] {
  if (matrix.length < rows * layout.width) {
    throw new RangeError(`matrix holds ${matrix.length} numbers, not ${rows} × ${layout.width}`);
  }
  const { spans, width } = layout;
  const values = spans.map(({ kind }) =>
    kind === 'scalar' ? new Float32Array(rows) : new Int32Array(rows),
  );
  // Some rows at a time: they stay in the processor's cache from one span to the next.
  for (let start = 0; start < rows; start += cachedRows) {
    const end = Math.min(start + cachedRows, rows);
    spans.forEach(({ kind, offset, size }, index) => {
      const target = values[index] as SpanValues;
      if (kind === 'scalar') takeScalars(matrix, target, start, end, width, offset);
      else takeCodes(matrix, target, start, end, width, offset, size);
    });
  }
  return values;
}

const cachedRows = 32;

function takeScalars(
  matrix: Float32Array,
  target: SpanValues,
  start: number,
  end: number,
  width: number,
  offset: number,
): void {
  for (let row = start, at = start * width + offset; row < end; row++, at += width) {
    target[row] = Math.max(-1, Math.min(1, matrix[at] || 0));
  }
}

function takeCodes(
  matrix: Float32Array,
  target: SpanValues,
  start: number,
  end: number,
  width: number,
  offset: number,
  size: number,
): void {
  for (let row = start, first = start * width + offset; row < end; row++, first += width) {
    let code = 0;
    let highest = matrix[first] as number;
    for (let k = 1; k < size; k++) {
      const value = matrix[first + k] as number;
      if (value > highest) {
        code = k;
        highest = value;
      }
    }
    target[row] = code;
  }
}
