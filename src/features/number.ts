import { type Data, DataType, DateUnit, type Field, Vector } from 'apache-arrow';
import { describeType } from '../data/schema/describe.js';
import { readNumbers } from '../encode/cells/column-numbers.js';
import { isTemporal } from '../encode/cells/column-types.js';
import { unitsPerSecond } from '../encode/values/temporal.js';
import { DataError, SchemaError } from '../errors.js';
import type { Feature, FeatureFitter, FeaturePart, NumberJSON } from './feature.js';
import { createMoments } from './moments.js';
import type { Scaling } from './options.js';

/** Whether the cells of a type can be taken for numbers. */
export function holdsNumbers(type: DataType): boolean {
  return DataType.isBool(type) || DataType.isFloat(type) || isWholeNumber(type) || isTemporal(type);
}

const isWholeNumber = (type: DataType) => DataType.isInt(type) || DataType.isDecimal(type);

/** Fits a column of numbers. @param isTarget Whether they are to be predicted: null has no place. */
export function numberFitter(
  field: Field,
  scaling: Scaling = DataType.isBool(field.type) ? 'none' : 'standard',
  isTarget = false,
): FeatureFitter {
  const moments = createMoments();
  let nullable = field.nullable;
  return {
    add(data, isReal) {
      for (const [row, value] of cellNumbers(data).entries()) {
        if (!isReal(row)) continue;
        if (Number.isFinite(value)) moments.add(value);
        else nullable = true;
      }
    },
    finish: () =>
      numberFeature({
        column: field.name,
        as: 'number',
        holds: isTemporal(field.type) ? 'times' : 'numbers',
        ...moments.scaling(scaling),
        nullable: nullable && !isTarget,
      }),
  };
}

/**
 * A column of numbers: one scaled number, and where it may be null another one that says so, beside a 0.
 * NaN and the infinities count as null.
 */
export function numberFeature(json: NumberJSON): Feature<NumberJSON> {
  const { column, holds, centre, scale, nullable } = json;
  const part = (label: string): FeaturePart => ({
    shape: [1],
    dtype: 'float32',
    isOwnInput: false,
    labels: [label],
  });
  return {
    json,
    parts: [part(column), ...(nullable ? [part(`${column} is null`)] : [])],
    open({ type }, data) {
      if (!holdsNumbers(type) || isTemporal(type) !== (holds === 'times')) {
        throw new SchemaError(
          `column '${column}' held ${holds} where the transform was fitted, and is of type ` +
            `${describeType(type)}. Convert it, or fit another transform`,
        );
      }
      const values = cellNumbers(data);
      const at = (row: number) => values[row] as number;
      const isKnown = (row: number) => Number.isFinite(at(row));
      return {
        isKnown,
        write: [
          (row, into, place) => {
            if (!nullable && !isKnown(row)) throw unexpectedNull(column);
            into[place] = isKnown(row) ? (at(row) - centre) / scale : 0;
          },
          (row, into, place) => {
            into[place] = isKnown(row) ? 0 : 1;
          },
        ],
      };
    },
  };
}

/** The error for a null where there is no place for one. */
export function unexpectedNull(column: string): DataError {
  return new DataError(
    `column '${column}' has a null or NaN, and none where the transform was fitted. ` +
      'Fit one on rows that have some, or fill it',
  );
}

/** Cells as numbers: seconds of temporal ones, 0 and 1 of booleans; NaN where null. */
function cellNumbers(data: Data): Float64Array {
  const { type } = data;
  const vector = new Vector([data]);
  if (DataType.isBool(type)) {
    return Float64Array.from(vector, (cell) => (cell === null ? Number.NaN : Number(cell)));
  }
  const units = perUnit(type);
  const numbers = readNumbers(vector);
  return units === 1 ? numbers : numbers.map((value) => value / units);
}

/** How many of a column's units make 1. */
function perUnit(type: DataType): number {
  if (DataType.isDecimal(type)) return 10 ** type.scale;
  if (DataType.isDate(type)) return type.unit === DateUnit.DAY ? 1 / 86_400 : 1000;
  if (DataType.isTime(type) || DataType.isTimestamp(type) || DataType.isDuration(type)) {
    return Number(unitsPerSecond(type.unit));
  }
  return 1;
}
