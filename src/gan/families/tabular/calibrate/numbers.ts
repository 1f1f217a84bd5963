import type { SpanValues } from '../../../../encode/encoder.js';
import type { PiecewiseLinear } from '../../../../encode/modes/curve.js';
import type { EncodedTable, PlacedSpan } from '../../../../encode/table.js';
import { quantileCurve } from './quantile-curve.js';

/** The curves of a column of numbers: one for each mode, null for none. */
export interface ColumnCurves {
  readonly column: number;
  readonly curves: readonly (PiecewiseLinear | null)[];
}

/** Curves that give the numbers of made rows, mode by mode, the distribution of the data's. */
export function numberCurves(real: EncodedTable, made: readonly SpanValues[]): ColumnCurves[] {
  const { spans } = real.layout;
  return spans.flatMap(({ kind, column }, scalar) => {
    if (kind !== 'scalar') return [];
    const isMode = (other: PlacedSpan) =>
      other.column === column && other.kind === 'onehot' && other.role === 'mode';
    const isPresence = (other: PlacedSpan) =>
      other.column === column && other.kind === 'onehot' && other.role === 'presence';
    const [mode, presence] = [spans.findIndex(isMode), spans.findIndex(isPresence)];
    const split = (values: readonly SpanValues[]) =>
      Array.from({ length: spans[mode]?.size ?? 1 }, (_, code) =>
        (values[scalar] as Float32Array).filter(
          (_, row) => (values[mode]?.[row] ?? 0) === code && values[presence]?.[row] !== 0,
        ),
      );
    const [theirs, ours] = [split(real.values), split(made)];
    const curves = theirs.map(
      (values, code) => quantileCurve(ours[code] as Float32Array, values) ?? null,
    );
    return [{ column, curves }];
  });
}
