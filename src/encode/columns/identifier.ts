import { DataType, type Field, type Vector } from 'apache-arrow';
import type { Random } from '../../random.js';
import { isText, isWhole, wholeBounds } from '../cells/column-types.js';
import { wholeRange } from '../cells/column-values.js';
import { levelWriter } from '../cells/level-writer.js';
import type { ColumnEncoder } from '../encoder.js';
import { type Members, refuse, wholeOf } from '../json-checks.js';
import { buildNulls, canBeNull } from './null-column.js';

/** What the random part of a made identifier has room for: 48 bits, 12 hexadecimal digits. */
const room = 2n ** 48n;

/** Whether synthetic identifiers of the type can be made: text, integers, dictionaries of them. */
export function canBeIdentifier(type: DataType): boolean {
  const plain = DataType.isDictionary(type) ? type.dictionary : type;
  return isText(plain) || DataType.isInt(plain);
}

/**
 * An encoder of a column that names rows, such as a key: nothing of it is learned or saved but, for
 * integers, the highest.
 *
 * Synthetic rows hold null if the field is nullable, unless `isMade`. Else they hold `synthetic-0123456789ab`, or
 * integers above the sample's highest: drawn from `random`, distinct within one call, and between
 * calls as likely distinct as 48 random bits are (fewer if an integer type has less room).
 */
export function fitIdentifier(field: Field, sample: Vector, isMade = false): ColumnEncoder {
  const highest = isWhole(field.type) ? (wholeRange(sample)?.maximum ?? 0n) : 0n;
  return identifier(field, highest, isMade);
}

/** The same without a sample: texts, of which each is as likely as another, and integers above 0. */
export function textIdentifier(field: Field, isMade = false): ColumnEncoder {
  return identifier(field, 0n, isMade);
}

/** Reads a saved identifier encoder. */
export function identifierFromJSON(field: Field, members: Members): ColumnEncoder {
  const { type } = field;
  const highest = wholeOf(field, members, 'highest');
  const bounds = isWhole(type) ? wholeBounds(type) : { minimum: 0n, maximum: 0n };
  if (!canBeIdentifier(type) || highest < bounds.minimum || highest > bounds.maximum) {
    refuse(field, 'does not fit the type', String(type));
  }
  return identifier(field, highest, members.isMade === true);
}

function identifier(field: Field, highest: bigint, isMade: boolean): ColumnEncoder {
  const isNull = canBeNull(field) && !(isMade && canBeIdentifier(field.type));
  return {
    kind: 'identifier',
    spans: [],
    encode: () => [],
    decode: (_, rows, random) =>
      isNull ? buildNulls(field.type, rows) : made(field.type, rows, highest, random),
    toJSON: () => ({
      kind: 'identifier',
      highest: String(highest),
      ...(isMade ? { isMade } : {}),
    }),
  };
}

function made(type: DataType, rows: number, highest: bigint, random: Random) {
  const isDictionary = DataType.isDictionary(type);
  const plain: DataType = isDictionary ? type.dictionary : type;
  const { size, name } = isText(plain) ? textNames() : wholeNames(plain, highest);
  // A dictionary with narrow indices cannot name more rows: names repeat.
  const indices = isDictionary ? Number(wholeBounds(type.indices).maximum) + 1 : rows;
  const count = Math.min(rows, indices);
  const levels = [...distinct(count, size, random)].map(name);
  return levelWriter(
    type,
    levels,
  )(Int32Array.from({ length: rows }, (_, row) => row % levels.length));
}

/** Whether a text is one that was made to name a row. */
export function isMadeUpName(text: string): boolean {
  return /^synthetic-[0-9a-f]{12}$/.test(text);
}

function textNames() {
  const name = (value: bigint) => `synthetic-${value.toString(16).padStart(12, '0')}`;
  return { size: room, name };
}

function wholeNames(type: DataType, highest: bigint) {
  const { minimum, maximum } = wholeBounds(type);
  // A type that is full starts again from its lowest.
  const start = highest < maximum ? highest + 1n : minimum;
  const free = maximum - start + 1n;
  return { size: free < room ? free : room, name: (value: bigint) => String(start + value) };
}

function distinct(count: number, size: bigint, random: Random): Set<bigint> {
  const values = new Set<bigint>();
  while (values.size < count) {
    const high = BigInt(random.integer(2 ** 24));
    let value = (((high << 24n) | BigInt(random.integer(2 ** 24))) * size) / room;
    // The next free one, so that a narrow type ends too; repeats once all are taken.
    while (values.has(value) && BigInt(values.size) < size) value = (value + 1n) % size;
    if (values.has(value)) break;
    values.add(value);
  }
  return values;
}
