import type { SpanValues } from '../../../encode/encoder.js';
import type { EncodedTable, PlacedSpan, TableLayout } from '../../../encode/table.js';
import { type Curve, heightOf, quantileCurve } from './curve.js';

/** For each scalar span, in the order of the layout's: the curve of each mode, null for none. */
export type NumberCurves = readonly (readonly (Curve | null)[])[];

/** Each scalar span with the span of its modes, if it has any. */
function numbersOf({ spans }: TableLayout): { scalar: number; mode: number }[] {
  return spans.flatMap((span, scalar) => {
    const isMode = (other: PlacedSpan) =>
      other.column === span.column && other.kind === 'onehot' && other.role === 'mode';
    return span.kind === 'scalar' ? [{ scalar, mode: spans.findIndex(isMode) }] : [];
  });
}

/** Curves that give the numbers of made rows, mode by mode, the distribution of the data's. */
export function numberCurves(real: EncodedTable, made: readonly SpanValues[]): NumberCurves {
  return numbersOf(real.layout).map(({ scalar, mode }) => {
    const modes = real.layout.spans[mode]?.size ?? 1;
    const split = (values: readonly SpanValues[]) =>
      splitByCode(values[scalar] as Float32Array, values[mode] as Int32Array | undefined, modes);
    const [theirs, ours] = [split(real.values), split(made)];
    return theirs.map((values, k) => quantileCurve(ours[k] as Float32Array, values) ?? null);
  });
}

function splitByCode(scalars: Float32Array, codes: Int32Array | undefined, modes: number) {
  if (!codes) return [scalars];
  return Array.from({ length: modes }, (_, k) => scalars.filter((_, row) => codes[row] === k));
}

/** Takes the numbers of made rows through their curves. */
export function correctNumbers(
  layout: TableLayout,
  curves: NumberCurves,
  values: readonly SpanValues[],
): SpanValues[] {
  const corrected = [...values];
  numbersOf(layout).forEach(({ scalar, mode }, index) => {
    const own = curves[index] ?? [];
    const codes = values[mode];
    corrected[scalar] = (values[scalar] as Float32Array).map((value, row) => {
      const curve = own[codes?.[row] ?? 0];
      return curve ? heightOf(curve, value) : value;
    });
  });
  return corrected;
}
