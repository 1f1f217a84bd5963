import { DataType, type Field, type Vector } from 'apache-arrow';
import { buildFloats } from '../cells/column-build.js';
import { readFloats, validityOf } from '../cells/column-values.js';
import { commonStep, decimalsOf, roundTo } from '../cells/granularity.js';
import type { ColumnEncoder } from '../encoder.js';
import { type Members, numberOf, refuse } from '../json-checks.js';
import { binaryUnit } from '../modes/mixture.js';
import type { Modes } from '../modes/mode.js';
import { decodeModes, encodeModes, modeSpans } from '../modes/mode-values.js';
import { fitModes, type ModeOptions } from '../modes/modes.js';
import { modesFromJSON, modesToJSON } from '../modes/modes-json.js';

/**
 * Fits a float column: mode-specific normalisation (see `fitModes`).
 *
 * decode∘encode gives back a number within the sample's range to 2^-23 of that range, then rounded
 * to the type; values that hold 5 % of the rows come back exactly. If the sample has no more than
 * so many decimals, neither has any decoded number (see `decimalsOf`), and if these are on a grid,
 * such as quarters, so is that (see `commonStep`). Numbers out of range are
 * taken to its edge, so no decoded number ever leaves the range. NaN and ±infinity of the sample
 * are modes of their own, and come back; those first met later do not (see `encodeModes`). Null
 * rows are encoded like the heaviest mode.
 */
export function fitContinuous(
  field: Field,
  sample: Vector,
  options: ModeOptions = {},
): ColumnEncoder {
  const valid = validityOf(sample);
  const values = readFloats(sample).filter((_, row) => valid?.[row] !== 0);
  const magnitude = values.reduce((most, value) => {
    return Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most;
  }, 0);
  const unit = binaryUnit(magnitude);
  const decimals = decimalsOf(values, field.type);
  const modes = fitModes(
    values.map((value) => value / unit),
    options,
  );
  const step = decimals === undefined ? 1 : stepOf(values, decimals);
  return continuous(field, { unit, decimals, step }, modes);
}

/** The step of the grid of numbers with so many decimals, in units of the last one. */
function stepOf(values: Float64Array, decimals: number): number {
  const units = [...values]
    .filter(Number.isFinite)
    .map((value) => Math.round(value * 10 ** decimals));
  if (!units.every(Number.isSafeInteger)) return 1;
  const [first = 0] = units;
  return Number(commonStep(units.map((unit) => BigInt(unit - first))));
}

/** Reads a saved continuous encoder. */
export function continuousFromJSON(field: Field, members: Members): ColumnEncoder {
  if (!DataType.isFloat(field.type)) refuse(field, 'does not fit the type', String(field.type));
  const unit = numberOf(field, members, 'unit', Number.MIN_VALUE);
  const decimals = 'decimals' in members ? numberOf(field, members, 'decimals', 0) : undefined;
  if (decimals !== undefined && !(Number.isInteger(decimals) && decimals <= 15)) {
    refuse(field, 'has a bad number of decimals', decimals);
  }
  const step = 'step' in members ? numberOf(field, members, 'step', 1) : 1;
  if (!Number.isSafeInteger(step)) refuse(field, 'has a bad step', step);
  return continuous(field, { unit, decimals, step }, modesFromJSON(field, members));
}

/** What the modes are in (a power of two), and how many decimals decoded numbers have. */
interface Grid {
  readonly unit: number;
  readonly decimals: number | undefined;
  /** Decoded numbers are so many units of the last decimal from the least one, or a multiple. */
  readonly step: number;
}

function continuous(field: Field, { unit, decimals, step }: Grid, modes: Modes): ColumnEncoder {
  const power = 10 ** (decimals ?? 0);
  const origin = Math.round(modes.minimum * unit * power);
  const toGrid = (value: number) => {
    if (step === 1 || !Number.isFinite(value)) return value;
    return (origin + Math.round((value * power - origin) / step) * step) / power;
  };
  return {
    kind: 'continuous',
    spans: modeSpans(modes),
    encode(vector, random) {
      const values = readFloats(vector).map((value) => value / unit);
      return encodeModes(modes, values, validityOf(vector), random);
    },
    decode(spans, rows) {
      const values = decodeModes(modes, spans, rows);
      for (let row = 0; row < rows; row++) {
        const value = (values[row] as number) * unit;
        values[row] = decimals === undefined ? value : roundTo(toGrid(value), decimals, field.type);
      }
      return buildFloats(field.type, values);
    },
    toJSON: () => ({
      kind: 'continuous',
      unit,
      ...(decimals === undefined ? {} : { decimals }),
      ...(step === 1 ? {} : { step }),
      ...modesToJSON(modes),
    }),
  };
}
