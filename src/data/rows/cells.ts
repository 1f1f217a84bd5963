import { DataType, DateUnit, TimeUnit } from 'apache-arrow';
import { parseDay, parseInstant } from '../csv/calendar.js';
import { isBytesType, isTextType } from '../schema/text-types.js';
import { type LikeValue, likeValue, parseDecimal, rescale } from './values.js';

/** What Arrow holds of a cell. */
export type ArrowValue = number | bigint | string | boolean | Uint8Array;

/** What a value is in a column; undefined if it does not fit. Not asked about null. */
export type ReadCell = (value: unknown) => ArrowValue | undefined;

const dayMilliseconds = 86_400_000;
const perMillisecond: Readonly<Record<number, (milliseconds: bigint) => bigint>> = {
  [TimeUnit.SECOND]: (value) => value / 1000n,
  [TimeUnit.MILLISECOND]: (value) => value,
  [TimeUnit.MICROSECOND]: (value) => value * 1000n,
  [TimeUnit.NANOSECOND]: (value) => value * 1_000_000n,
};

/**
 * How the values of a column of a type without members are read; undefined for types that no value of
 * JavaScript stands for.
 *
 * @param told Whether the type was told: then texts become numbers and instants, and numbers texts.
 */
export function cellReader(type: DataType, told: boolean): ReadCell | undefined {
  if (DataType.isDictionary(type)) return cellReader(type.dictionary, told);
  if (DataType.isBool(type)) return told ? readBoolean : onlyBoolean;
  if (DataType.isInt(type)) return integerReader(type, told);
  if (DataType.isFloat(type)) return told ? readFloat : onlyFloat;
  if (DataType.isDecimal(type)) return decimalReader(type, told);
  if (isTextType(type)) return told ? readText : onlyText;
  if (isBytesType(type)) return readBytes;
  if (DataType.isDate(type) && type.unit === DateUnit.DAY) return (value) => readDay(value, told);
  if (DataType.isTimestamp(type)) {
    const isZoned = Boolean(type.timezone);
    return (value) => readInstant(value, type.unit, isZoned, told);
  }
  return undefined;
}

function likeOf(value: unknown): LikeValue | undefined {
  return typeof value === 'object' && value !== null ? likeValue(value) : undefined;
}

const onlyBoolean: ReadCell = (value) => (typeof value === 'boolean' ? value : undefined);

const readBoolean: ReadCell = (value) => {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 1) return true;
  return value === 'false' || value === 0 ? false : undefined;
};

function integerReader(type: { bitWidth: number; isSigned: boolean }, told: boolean): ReadCell {
  const { bitWidth, isSigned } = type;
  const bits = BigInt(isSigned ? bitWidth - 1 : bitWidth);
  const [least, most] = [isSigned ? -(2n ** bits) : 0n, 2n ** bits - 1n];
  if (bitWidth === 64) {
    return (value) => {
      // A zero with a sign is a float: a whole number would lose it.
      if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
      const whole = typeof value === 'number' ? exactInteger(value) : integerOf(value, told);
      return whole !== undefined && whole >= least && whole <= most ? whole : undefined;
    };
  }
  const [low, high] = [Number(least), Number(most)];
  return (value) => {
    const whole = typeof value === 'number' ? value : Number(integerOf(value, told) ?? Number.NaN);
    const isWhole = Number.isInteger(whole) && !Object.is(whole, -0);
    return isWhole && whole >= low && whole <= high ? whole : undefined;
  };
}

function exactInteger(value: number): bigint | undefined {
  return Object.is(value, -0) ? undefined : BigInt(value);
}

function integerOf(value: unknown, told: boolean): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string') {
    return told && /^[+-]?\d{1,40}$/.test(value) ? BigInt(value.replace('+', '')) : undefined;
  }
  const like = likeOf(value);
  if (like?.kind === 'integer') return like.value;
  if (like?.kind === 'number')
    return Number.isSafeInteger(like.value) ? BigInt(like.value) : undefined;
  if (like?.kind !== 'decimal' || !told) return undefined;
  const decimal = parseDecimal(like.text);
  return decimal && rescale(decimal, 0);
}

const onlyFloat: ReadCell = (value) => {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return floatOf(value);
  const like = likeOf(value);
  if (like?.kind === 'number') return like.value;
  return like?.kind === 'integer' ? onlyFloat(like.value) : undefined;
};

/** The double that a whole number is, or whose shortest text it is, as JSON writes large doubles. */
function floatOf(value: bigint): number | undefined {
  const near = Number(value);
  const isKept =
    String(near) === String(value) || (Number.isFinite(near) && BigInt(near) === value);
  return isKept ? near : undefined;
}

const readFloat: ReadCell = (value) => {
  const like = typeof value === 'string' ? undefined : likeOf(value);
  const text = typeof value === 'string' ? value.trim() : like?.kind === 'decimal' && like.text;
  if (typeof text !== 'string') return onlyFloat(value);
  if (/^[+-]?(Infinity|NaN)$/.test(text)) return Number(text);
  return parseDecimal(text) ? Number(text) : undefined;
};

function decimalReader(type: { precision: number; scale: number }, told: boolean): ReadCell {
  const { precision, scale } = type;
  const most = 10n ** BigInt(precision);
  return (value) => {
    const text = decimalText(value, told);
    const decimal = text === undefined ? undefined : parseDecimal(text);
    const digits = decimal && rescale(decimal, scale);
    return digits !== undefined && digits < most && digits > -most ? digits : undefined;
  };
}

function decimalText(value: unknown, told: boolean): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string' || typeof value === 'number')
    return told ? String(value) : undefined;
  const like = likeOf(value);
  if (like?.kind === 'decimal') return like.text;
  return like?.kind === 'integer' ? String(like.value) : undefined;
}

const onlyText: ReadCell = (value) => {
  if (typeof value === 'string') return value;
  const like = likeOf(value);
  return like?.kind === 'text' ? like.text : undefined;
};

const readText: ReadCell = (value) => {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return Object.is(value, -0) ? '-0' : String(value);
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  const like = likeOf(value);
  if (like?.kind === 'decimal') return like.text;
  return like?.kind === 'integer' || like?.kind === 'number' ? String(like.value) : onlyText(value);
};

const readBytes: ReadCell = (value) => {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  const like = likeOf(value);
  return like?.kind === 'bytes' ? like.bytes : undefined;
};

function readDay(value: unknown, told: boolean): number | undefined {
  if (value instanceof Date) {
    const days = value.getTime() / dayMilliseconds;
    return Number.isInteger(days) ? days : undefined;
  }
  return told && typeof value === 'string' ? parseDay(value) : undefined;
}

function readInstant(value: unknown, unit: TimeUnit, isZoned: boolean, told: boolean) {
  if (value instanceof Date) {
    const time = value.getTime();
    const isLost = Number.isNaN(time) || (unit === TimeUnit.SECOND && time % 1000 !== 0);
    return isLost ? undefined : inRange(perMillisecond[unit]?.(BigInt(time)));
  }
  if (!told || typeof value !== 'string') return undefined;
  const day = parseDay(value);
  if (day !== undefined && !isZoned) {
    return inRange(perMillisecond[unit]?.(BigInt(day) * BigInt(dayMilliseconds)));
  }
  const instant = parseInstant(value);
  return instant?.zoned === isZoned ? inUnit(instant.microseconds, unit) : undefined;
}

function inUnit(microseconds: bigint, unit: TimeUnit): bigint | undefined {
  if (unit === TimeUnit.NANOSECOND) return inRange(microseconds * 1000n);
  const divisor = [1_000_000n, 1000n, 1n][unit] as bigint;
  return microseconds % divisor === 0n ? microseconds / divisor : undefined;
}

function inRange(value?: bigint): bigint | undefined {
  return value !== undefined && BigInt.asIntN(64, value) === value ? value : undefined;
}
