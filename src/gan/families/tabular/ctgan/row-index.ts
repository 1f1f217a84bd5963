import type { EncodedTable } from '../../../../encode/table.js';
import type { Random } from '../../../../random.js';
import { cumulate, pick } from '../../../conditions/cumulative-shares.js';

/**
 * Rows of a table by category, for training by sampling (Xu et al. 2019): a column is drawn
 * evenly, one of its categories by log(count + 1), and a row with that category evenly.
 */
export interface RowIndex {
  readonly rows: number;
  readonly columns: readonly {
    /** First place of the column's categories in the condition vector. */
    readonly offset: number;
    /** Rows of category k are `rows[starts[k]] … rows[starts[k + 1] − 1]`. */
    readonly starts: Int32Array;
    readonly rows: Int32Array;
    /** Cumulative shares of the categories, by log(count + 1). */
    readonly cumulative: Float64Array;
  }[];
}

export function indexRows(
  { layout, values, rows }: EncodedTable,
  power: number | 'log' = 'log',
): RowIndex {
  let offset = 0;
  const columns: RowIndex['columns'][number][] = [];
  const categories = layout.spans
    .map((span, k) => ({ span, codes: values[k] as Int32Array }))
    .filter(({ span }) => span.kind === 'onehot' && span.role === 'category')
    .sort((a, b) => a.span.offset - b.span.offset);
  for (const { span, codes } of categories) {
    columns.push({ offset, ...groupByCode(codes, span.size, power) });
    offset += span.size;
  }
  return { rows, columns };
}

function groupByCode(codes: Int32Array, width: number, power: number | 'log') {
  const starts = new Int32Array(width + 1);
  for (const code of codes) starts[code + 1] = (starts[code + 1] as number) + 1;
  const weights = Float64Array.from(starts.subarray(1), (count) => {
    if (count === 0) return 0;
    return power === 'log' ? Math.log1p(count) : count ** power;
  });
  for (let k = 0; k < width; k++) starts[k + 1] = (starts[k + 1] as number) + (starts[k] as number);
  const next = starts.slice(0, width);
  const rows = new Int32Array(codes.length);
  codes.forEach((code, row) => {
    const at = next[code] as number;
    rows[at] = row;
    next[code] = at + 1;
  });
  return { starts, rows, cumulative: cumulate(weights) };
}

/** The probability of each row of the table to be drawn with a condition. */
export function rowWeights({ rows, columns }: RowIndex): Float64Array {
  if (columns.length === 0) return new Float64Array(rows).fill(1 / rows);
  const weights = new Float64Array(rows);
  for (const { starts, rows, cumulative } of columns) {
    for (let k = 0; k < cumulative.length; k++) {
      const [start, end] = [starts[k] as number, starts[k + 1] as number];
      const share = (cumulative[k] as number) - (cumulative[k - 1] ?? 0);
      const weight = share / columns.length / (end - start);
      for (let i = start; i < end; i++) {
        const row = rows[i] as number;
        weights[row] = (weights[row] as number) + weight;
      }
    }
  }
  return weights;
}

/**
 * Draws a condition for each place of `drawnRows`, with a row of the table that meets it.
 *
 * @param condition Filled with one-hot conditions, [rows, width], row-major.
 */
export function drawConditions(
  index: RowIndex,
  random: Random,
  condition: Float32Array,
  drawnRows: Int32Array,
): void {
  const width = condition.length / drawnRows.length;
  condition.fill(0);
  for (let k = 0; k < drawnRows.length; k++) {
    const column = index.columns[random.integer(index.columns.length)];
    if (!column) {
      drawnRows[k] = random.integer(index.rows);
      continue;
    }
    const category = pick(column.cumulative, random.uniform());
    condition[k * width + column.offset + category] = 1;
    const start = column.starts[category] as number;
    const count = (column.starts[category + 1] as number) - start;
    drawnRows[k] = column.rows[start + random.integer(count)] as number;
  }
}

/** Puts both the conditions and the rows that meet them into another random order. */
export function permute(
  random: Random,
  from: { condition: Float32Array; rows: Int32Array },
  to: { condition: Float32Array; rows: Int32Array },
): void {
  const count = from.rows.length;
  const width = from.condition.length / count;
  const order = Int32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = random.integer(k + 1);
    [order[k], order[other]] = [order[other] as number, order[k] as number];
  }
  order.forEach((source, target) => {
    to.rows[target] = from.rows[source] as number;
    to.condition.set(from.condition.subarray(source * width, (source + 1) * width), target * width);
  });
}
