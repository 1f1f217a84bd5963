import { DataType, DateUnit, Precision } from 'apache-arrow';
import { halfToNumber, numberToHalf } from '../../data/tensor/float16.js';
import { isTextOf } from '../cells/column-texts.js';
import { isTemporal, isText } from '../cells/column-types.js';
import { parseTemporal, showTemporal, unitsPerSecond } from './temporal.js';

/** A cell as a user writes it: as `vector.get` gives it, or as text. */
export type CellValue = string | number | bigint | boolean | Date | null;

/**
 * The text of a level (see `readTexts`) that a value says; undefined for what no cell of the type is.
 *
 * Text may be what people write of the type: `50.25` of decimals, `2026-01-31`, `08:30:00`,
 * `2026-01-31T08:30:00`, in the column's time zone unless it says one, `01:30:00` or `90 s`, `NaN`.
 * Numbers of dates and timestamps are milliseconds, as `vector.get` gives them; bigints of temporal
 * types are whole units of the type. A whole number beyond 2^53 wants a bigint or text.
 */
export function textOfValue(type: DataType, value: Exclude<CellValue, null>): string | undefined {
  const plain: DataType = DataType.isDictionary(type) ? type.dictionary : type;
  const text = plainText(plain, value);
  return text !== undefined && isTextOf(plain, text) ? text : undefined;
}

function plainText(type: DataType, value: Exclude<CellValue, null>): string | undefined {
  if (value instanceof Date) return isTemporal(type) ? dateText(type, value) : undefined;
  if (isText(type)) return String(value);
  if (DataType.isBool(type)) return String(value);
  if (typeof value === 'boolean') return undefined;
  if (DataType.isFloat(type)) return floatText(type, value);
  if (isTemporal(type)) return temporalText(type, value);
  if (DataType.isDecimal(type)) return decimalText(type.scale, value);
  return DataType.isInt(type) ? wholeText(value) : undefined;
}

function wholeText(value: string | number | bigint): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return /^[+-]?\d{1,99}$/.test(String(value)) ? String(BigInt(value)) : undefined;
}

/** The unscaled number of a decimal, exactly. */
function decimalText(scale: number, value: string | number | bigint): string | undefined {
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined;
  const match = /^([+-]?)(\d{0,99})(?:\.(\d{0,99}))?(?:e([+-]?\d{1,3}))?$/i.exec(String(value));
  if (!match) return undefined;
  const [sign, whole = '', fraction = '', exponent = '0'] = match.slice(1);
  if (whole + fraction === '') return undefined;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  const shift = scale + Number(exponent) - fraction.length;
  if (shift >= 0) return String(digits * 10n ** BigInt(shift));
  const divisor = 10n ** BigInt(-shift);
  return digits % divisor === 0n ? String(digits / divisor) : undefined;
}

/** Shortest digits of the type's nearest number; none for what is beyond the type. */
function floatText(type: DataType, value: string | number | bigint): string | undefined {
  const text = String(value).trim();
  if (text === '' || /^0[xob]/i.test(text)) return undefined;
  const number = Number(text.replace(/^([+-]?)inf(inity)?$/i, '$1Infinity'));
  if (Number.isNaN(number)) return /^nan$/i.test(text) ? 'NaN' : undefined;
  const rounded = roundTo(type, number);
  return Number.isFinite(number) && !Number.isFinite(rounded) ? undefined : String(rounded + 0);
}

function roundTo(type: DataType, value: number): number {
  if (!DataType.isFloat(type) || type.precision === Precision.DOUBLE) return value;
  if (type.precision === Precision.SINGLE) return Math.fround(value);
  return halfToNumber(numberToHalf(value));
}

function temporalText(type: DataType, value: string | number | bigint): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') {
    const units = parseTemporal(type, value.trim());
    return units === undefined ? undefined : String(units);
  }
  if (!Number.isSafeInteger(value)) return undefined;
  const isInstant = DataType.isDate(type) || DataType.isTimestamp(type);
  return isInstant ? dateText(type, new Date(value)) : String(value);
}

function dateText(type: DataType, date: Date): string | undefined {
  const milliseconds = date.getTime();
  if (Number.isNaN(milliseconds)) return undefined;
  if (DataType.isDate(type)) {
    const days = milliseconds / 86_400_000;
    if (!Number.isInteger(days)) return undefined;
    return String(type.unit === DateUnit.DAY ? days : milliseconds);
  }
  if (!DataType.isTimestamp(type)) return undefined;
  const units = BigInt(milliseconds) * unitsPerSecond(type.unit);
  return units % 1000n === 0n ? String(units / 1000n) : undefined;
}

/** The text of a level as people write it: `textOfValue` reads it back. */
export function showText(type: DataType, text: string | null): string {
  if (text === null) return 'null';
  const plain: DataType = DataType.isDictionary(type) ? type.dictionary : type;
  if (isTemporal(plain)) return showTemporal(plain, BigInt(text));
  if (DataType.isDecimal(plain)) return showDecimal(text, plain.scale);
  return DataType.isFloat(plain) ? shortestFloat(plain, Number(text)) : text;
}

function showDecimal(text: string, scale: number): string {
  if (scale <= 0) return text + '0'.repeat(text === '0' ? 0 : -scale);
  const sign = text.startsWith('-') ? '-' : '';
  const digits = text.slice(sign.length).padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The fewest digits that read back as the same number of the type. */
function shortestFloat(type: DataType, value: number): string {
  if (!Number.isFinite(value) || (DataType.isFloat(type) && type.precision === Precision.DOUBLE)) {
    return String(value);
  }
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(value.toPrecision(digits));
    if (roundTo(type, short) === value) return String(short);
  }
  return String(value);
}

/** An example of what people write of the type. */
export function exampleOf(type: DataType): string {
  const plain: DataType = DataType.isDictionary(type) ? type.dictionary : type;
  if (DataType.isDate(plain)) return '2026-01-31';
  if (DataType.isTime(plain)) return '08:30:00';
  if (DataType.isTimestamp(plain)) return '2026-01-31T08:30:00';
  if (DataType.isDuration(plain)) return '01:30:00';
  if (DataType.isBool(plain)) return 'true';
  if (DataType.isInt(plain)) return '42';
  return isText(plain) ? 'a text' : '1.5';
}
