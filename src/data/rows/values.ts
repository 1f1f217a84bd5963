/** A number of decimal digits: digits × 10^-scale. */
export interface DecimalValue {
  readonly digits: bigint;
  readonly scale: number;
}

/** What an object that stands for a single value is taken for. */
export type LikeValue =
  | { readonly kind: 'decimal'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

interface Like {
  readonly _bsontype?: unknown;
  readonly buffer?: unknown;
  readonly position?: unknown;
  toHexString?(): unknown;
  toFixed?(): unknown;
  toBigInt?(): unknown;
  toJSON?(): unknown;
}

/**
 * What an object of a library's own class stands for: decimals (decimal.js, big.js, bignumber.js,
 * Decimal128), whole numbers of 64 bits (Long), identifiers (ObjectId, UUID), bytes (Binary), and
 * whatever is a text in JSON. Undefined for plain objects.
 */
export function likeValue(value: object): LikeValue | undefined {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return undefined;
  const like = value as Like;
  switch (like._bsontype) {
    case 'Decimal128':
      return { kind: 'decimal', text: String(value) };
    case 'Long':
      return { kind: 'integer', value: BigInt(String(value)) };
    case 'Int32':
    case 'Double':
      return { kind: 'number', value: Number(value) };
    case 'Binary':
      if (like.buffer instanceof Uint8Array) {
        // Its buffer may be longer than what was put into it.
        const end = typeof like.position === 'number' ? like.position : undefined;
        return { kind: 'bytes', bytes: like.buffer.subarray(0, end) };
      }
  }
  if (typeof like.toHexString === 'function')
    return { kind: 'text', text: String(like.toHexString()) };
  if (typeof like.toBigInt === 'function') return { kind: 'integer', value: BigInt(String(value)) };
  if (typeof like.toFixed === 'function') return { kind: 'decimal', text: String(like.toFixed()) };
  const json = typeof like.toJSON === 'function' ? like.toJSON() : undefined;
  return typeof json === 'string' ? { kind: 'text', text: json } : undefined;
}

/**
 * Whether a value has members that are columns: a plain object, or one of a class that shows its own.
 * What shows none, such as a pattern or a promise, would be lost without a word.
 */
export function isRecord(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.keys(value).length > 0 && likeValue(value) === undefined;
}

/** A decimal such as '-12.50' or '1E+3'; undefined for other texts. */
export function parseDecimal(text: string): DecimalValue | undefined {
  const match = /^([+-]?)(\d{0,400})(?:\.(\d{0,400}))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** The digits of a decimal at another scale; undefined if some would be lost. */
export function rescale({ digits, scale }: DecimalValue, to: number): bigint | undefined {
  if (scale <= to) return digits * 10n ** BigInt(to - scale);
  const factor = 10n ** BigInt(scale - to);
  return digits % factor === 0n ? digits / factor : undefined;
}
