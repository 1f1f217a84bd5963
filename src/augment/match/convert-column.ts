import { type Data, DataType, Field, Precision } from 'apache-arrow';
import { columnBuilder } from '../../data/rows/build.js';
import { valuesOfData } from '../../data/rows/to-rows.js';
import { describeType } from '../../data/schema/describe.js';
import { isBytesType, isTextType } from '../../data/schema/text-types.js';
import { valueType } from '../../data/schema/unify-types.js';
import { floatText } from '../../data/text/numbers.js';
import { convertInstants, type Misfit } from './convert-instants.js';

/** Kinds of types: values are converted between those of one kind. */
type Kind = 'text' | 'bytes' | 'number' | 'local instant' | 'instant' | 'time' | 'duration';

/** Whether values of each type may be said in the other: one by one, exactly or not at all. */
export function areConvertible(a: DataType, b: DataType): boolean {
  if (describeType(a) === describeType(b)) return true;
  const kind = kindOf(a);
  return kind !== undefined && kind === kindOf(b);
}

function kindOf(type: DataType): Kind | undefined {
  if (DataType.isDictionary(type)) {
    const kind = kindOf(type.dictionary);
    return kind === 'text' || kind === 'number' ? kind : undefined;
  }
  if (isTextType(type)) return 'text';
  if (isBytesType(type)) return 'bytes';
  if (DataType.isInt(type) || DataType.isDecimal(type)) return 'number';
  if (DataType.isFloat(type)) return type.precision === Precision.HALF ? undefined : 'number';
  // A date is the instant at which it starts, on a clock of no zone.
  if (DataType.isDate(type)) return 'local instant';
  if (DataType.isTimestamp(type)) return type.timezone ? 'instant' : 'local instant';
  if (DataType.isTime(type)) return 'time';
  return DataType.isDuration(type) ? 'duration' : undefined;
}

/**
 * A column under the type of a field, which its own is convertible to: texts, whole numbers, decimals
 * and instants as they are, floats as the nearest of the type.
 *
 * @throws DataError of `misfit` for the first value that the type does not hold.
 */
export function convertColumn({ name, type }: Field, data: Data, misfit: Misfit): Data {
  const from = data.type as DataType;
  if (describeType(from) === describeType(type)) return data;
  const kind = kindOf(from);
  if (kind !== 'text' && kind !== 'bytes' && kind !== 'number') {
    return convertInstants(type, data, misfit);
  }
  const values = valuesOfData(data);
  const change =
    kind === 'number' ? numberChange(valueType(from), valueType(type), misfit) : undefined;
  const build = columnBuilder(new Field(name, type, true), true);
  const changed = change ? values.map((value) => (value === null ? null : change(value))) : values;
  return build(changed, { name, told: true, rowOf: (row) => row, misfit });
}

/** What numbers of a type have to become so that another type takes them, or refuses them. */
function numberChange(
  from: DataType,
  to: DataType,
  misfit: Misfit,
): ((value: unknown) => unknown) | undefined {
  if (DataType.isFloat(from) && DataType.isDecimal(to)) {
    return from.precision === Precision.SINGLE
      ? (value) => floatText(value as number, Math.fround, 9)
      : undefined;
  }
  // Zeros with a sign are zeros, and '12.00' is a whole number.
  if (DataType.isFloat(from) && DataType.isInt(to)) return (value) => (value === 0 ? 0 : value);
  if (DataType.isDecimal(from) && DataType.isInt(to)) {
    return (value) => (value as string).replace(/\.0+$/, '');
  }
  if (!DataType.isFloat(to) || to.precision !== Precision.SINGLE) return undefined;
  return (value) => {
    const number = Number(value);
    const rounded = Math.fround(number);
    const isHeld = DataType.isInt(from) ? rounded === number : Number.isFinite(rounded);
    if (isHeld || !Number.isFinite(number)) return number;
    throw misfit(String(value), describeType(to));
  };
}
