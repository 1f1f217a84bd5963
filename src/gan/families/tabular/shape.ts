import type { TableLayout } from '../../../encode/table.js';

/**
 * How the columns of an encoded row lie: numbers first, then the one-hot spans that can be
 * conditioned on, then the other one-hot spans.
 */
export interface RowShape {
  readonly width: number;
  readonly scalars: number;
  /** Rows of the training data by category, for each span that can be conditioned on. */
  readonly counts: readonly (readonly number[])[];
  /** Widths of these spans. */
  readonly categories: readonly number[];
  /** Widths of all one-hot spans; `categories` are the first of them. */
  readonly spans: readonly number[];
  /** Columns of the condition vector: the sum of `categories`. */
  readonly condition: number;
  /** Columns of all one-hot spans. */
  readonly onehots: number;
}

export function rowShape({ spans, width }: TableLayout): RowShape {
  const placed = [...spans].sort((a, b) => a.offset - b.offset);
  const onehots = placed.filter((span) => span.kind === 'onehot');
  const counts = onehots.flatMap((span) => (span.role === 'category' ? [span.counts] : []));
  const categories = counts.map((levels) => levels.length);
  const scalars = placed.length - onehots.length;
  return {
    width,
    scalars,
    counts,
    categories,
    spans: onehots.map((span) => span.size),
    condition: categories.reduce((sum, size) => sum + size, 0),
    onehots: width - scalars,
  };
}
