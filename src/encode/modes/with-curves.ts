import type { Field } from 'apache-arrow';
import type { ColumnEncoder, EncoderJSON } from '../encoder.js';
import { encoderFromJSON } from '../from-json.js';
import type { PiecewiseLinear } from './curve.js';

/**
 * The encoder of a column of numbers, but each of its modes takes encoded numbers through a curve:
 * what is decoded has another distribution. `curves` has one for each mode, null for none.
 */
export function withCurves(
  field: Field,
  encoder: ColumnEncoder,
  curves: readonly (PiecewiseLinear | null)[],
): ColumnEncoder {
  return encoderFromJSON(field, changed(encoder.toJSON(), curves));
}

function changed(json: EncoderJSON, curves: readonly (PiecewiseLinear | null)[]): EncoderJSON {
  if (json.kind === 'nullable') {
    return { ...json, inner: changed(json.inner as EncoderJSON, curves) };
  }
  const modes = json.modes as readonly { halfWidth: number }[];
  return {
    ...json,
    modes: modes.map((mode, k) =>
      curves[k] && mode.halfWidth > 0 ? { ...mode, curve: curves[k] } : mode,
    ),
  };
}
