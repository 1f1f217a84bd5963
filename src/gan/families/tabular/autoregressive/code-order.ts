import type { PlacedSpan, TableLayout } from '../../../../encode/table.js';

/** A column of codes, with its place among all codes of a row: 0, 1, …, `size` − 1 of it. */
export interface CodeSpan {
  /** Index of its values in an encoded table. */
  readonly index: number;
  /** Index of the column of the table that it belongs to. */
  readonly column: number;
  readonly size: number;
  /** Whether its codes are in order: of numbers, by what they stand for. */
  readonly isOrdered: boolean;
  /** Whether its column is the target, which is decided last. */
  readonly isTarget: boolean;
  /** Where its one-hot code starts in a row of the matrix of all codes, in the order of the spans. */
  readonly start: number;
  /** Where it starts in a row of the layout, after the numbers. */
  readonly offset: number;
}

/**
 * The order in which the columns of a table are decided: as they stand, and the target last, which all
 * others then say something of.
 *
 * @param target Index of the target's column, if there is one.
 */
export function codeOrder({ spans, width }: TableLayout, target?: number): CodeSpan[] {
  const onehots = spans.flatMap((span, index) => (span.kind === 'onehot' ? [{ span, index }] : []));
  const scalars = width - onehots.reduce((sum, { span }) => sum + span.size, 0);
  const isTarget = ({ span }: { span: PlacedSpan }) => span.column === target;
  const ordered = [...onehots.filter((one) => !isTarget(one)), ...onehots.filter(isTarget)];
  let start = 0;
  return ordered.map(({ span, index }) => {
    const { column, size, offset } = span;
    const placed = {
      index,
      column,
      size,
      isOrdered: span.kind === 'onehot' && span.role === 'mode',
      isTarget: column === target,
      start,
      offset: offset - scalars,
    };
    start += size;
    return placed;
  });
}

/** Numbers of a row of one-hot codes. */
export function codesWidth(spans: readonly CodeSpan[]): number {
  return spans.reduce((sum, { size }) => sum + size, 0);
}
