import { DataType } from 'apache-arrow';
import { isTextType as isText } from '../../data/schema/text-types.js';

export { isText };

/** Dates, times, timestamps and durations: whole numbers of a unit. Intervals are not. */
export function isTemporal(type: DataType): boolean {
  return (
    DataType.isDate(type) ||
    DataType.isTime(type) ||
    DataType.isTimestamp(type) ||
    DataType.isDuration(type)
  );
}

/** Types whose cells are whole numbers underneath, exact as a bigint. */
export function isWhole(type: DataType): boolean {
  return DataType.isInt(type) || DataType.isDecimal(type) || isTemporal(type);
}

/** Types whose cells have an exact text, so that they can be levels of a category. */
export function isTextable(type: DataType): boolean {
  if (DataType.isDictionary(type)) {
    return !DataType.isDictionary(type.dictionary) && isTextable(type.dictionary);
  }
  return isText(type) || isWhole(type) || DataType.isFloat(type) || DataType.isBool(type);
}

/** How many bits a cell of a whole type has, and whether it is signed. */
export function wholeWidth(type: DataType): { bits: number; signed: boolean } {
  if (DataType.isInt(type)) return { bits: type.bitWidth, signed: type.isSigned };
  if (DataType.isDecimal(type)) return { bits: type.bitWidth, signed: true };
  const { BYTES_PER_ELEMENT } = type.ArrayType as Int32ArrayConstructor;
  return { bits: 8 * BYTES_PER_ELEMENT, signed: true };
}

/** The lowest and highest whole number that a whole type holds. */
export function wholeBounds(type: DataType): { minimum: bigint; maximum: bigint } {
  const { bits, signed } = wholeWidth(type);
  const size = 1n << BigInt(bits);
  return signed
    ? { minimum: -size / 2n, maximum: size / 2n - 1n }
    : { minimum: 0n, maximum: size - 1n };
}

/** How many levels the indices of a dictionary type can tell apart; without bound for others. */
export function levelCapacity(type: DataType): number {
  if (!DataType.isDictionary(type)) return Number.POSITIVE_INFINITY;
  return Number(wholeBounds(type.indices).maximum) + 1;
}
