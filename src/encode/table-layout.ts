import type { ColumnEncoder, Span, SpanValues } from './encoder.js';

/** A span with its place in a row of the matrix of a whole table. */
export type PlacedSpan = Span & {
  /** Index of the column in the schema. */
  readonly column: number;
  /** First number of the span in a row. */
  readonly offset: number;
  /** How many numbers of the row it takes: 1 for a scalar, its width for a one-hot. */
  readonly size: number;
};

/** Where each span of a table is in a row of numbers, and how long the row is. */
export interface TableLayout {
  readonly spans: readonly PlacedSpan[];
  readonly width: number;
}

/** A table as codes and scalars, before one-hot expansion. */
export interface EncodedTable {
  readonly rows: number;
  readonly layout: TableLayout;
  /** One array per placed span, `rows` long. */
  readonly values: readonly SpanValues[];
}

/**
 * Places the spans of all columns. `spans` stay in the order of the columns; in a row, scalars lie
 * first, then categories, then the other one-hot spans, so that what is treated alike lies together.
 */
export function layoutOf(encoders: readonly Pick<ColumnEncoder, 'spans'>[]): TableLayout {
  const spans = encoders.flatMap((encoder, column) =>
    encoder.spans.map((span) => ({
      ...span,
      column,
      size: span.kind === 'onehot' ? span.width : 1,
    })),
  );
  const offsets = new Map<object, number>();
  let width = 0;
  for (const group of [0, 1, 2]) {
    for (const span of spans.filter((one) => groupOf(one) === group)) {
      offsets.set(span, width);
      width += span.size;
    }
  }
  return { spans: spans.map((span) => ({ ...span, offset: offsets.get(span) as number })), width };
}

function groupOf(span: Span): number {
  if (span.kind === 'scalar') return 0;
  return span.role === 'category' ? 1 : 2;
}
