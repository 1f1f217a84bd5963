import { DataType, type Field, type Vector } from 'apache-arrow';
import { automaticKind } from '../encode/automatic-kind.js';
import { readTexts } from '../encode/cells/column-texts.js';
import { isTemporal, isTextable, isWhole } from '../encode/cells/column-types.js';
import {
  nullCountOf,
  readDistances,
  readFloats,
  validityOf,
  wholeRange,
} from '../encode/cells/column-values.js';
import { isMadeUpName } from '../encode/columns/identifier.js';
import { canBeTexts } from '../encode/columns/markov.js';
import { SchemaError } from '../errors.js';
import type { CategoricalColumn, NumericColumn } from './column.js';

/** How a column is compared; `'ignore'` leaves it out. */
export type ComparedAs = 'numeric' | 'categorical' | 'text' | 'ignore';

/** A column that is not compared, and why. */
export interface IgnoredColumn {
  /** Name of the column. */
  readonly name: string;
  /** Why it is not compared, in words. */
  readonly reason: string;
}

/** Refuses a type whose values are not of the same kind. @throws SchemaError */
export function checkType({ name, type }: Field, other: DataType, table: string): void {
  const same = isTemporal(type)
    ? String(type) === String(other)
    : isNumber(type) === isNumber(other);
  if (same && isTextable(other)) return;
  throw new SchemaError(
    `column '${name}' of ${table} is of a type that cannot be compared with ${type}: ${other}. ` +
      'Convert it, or leave the column out',
  );
}

/** Whether cells are plain numbers, and no times. */
export const isNumber = (type: DataType) => DataType.isFloat(type) || isWhole(type);

/** How a column of several tables is compared, or why it is not. */
export function chooseKind(
  field: Field,
  vectors: readonly Vector[],
  wanted?: ComparedAs,
): Exclude<ComparedAs, 'ignore'> | { reason: string } {
  const { type } = field;
  const vector = vectors[0] as Vector;
  if (wanted === 'ignore') return { reason: 'is to be ignored' };
  if (!isTextable(type)) return { reason: `is of type ${type}` };
  const numeric = isNumber(type);
  if (wanted === 'text') return canBeTexts(type) ? 'text' : { reason: `holds no texts: ${type}` };
  if (wanted !== undefined) return numeric ? wanted : 'categorical';
  const kind = automaticKind(field, vector, nullCountOf(vector), Number.POSITIVE_INFINITY);
  if (kind === 'identifier' && canBeTexts(type) && vectors.every(holdsTexts)) return 'text';
  if (kind === 'identifier' || kind === 'unmodelled') return { reason: 'names rows' };
  if (kind === 'null') return { reason: 'holds nulls alone' };
  return numeric ? 'numeric' : 'categorical';
}

/** Whether some cells are texts, and not made up to name rows. */
function holdsTexts(vector: Vector): boolean {
  return readTexts(vector).some((text) => text !== null && !isMadeUpName(text));
}

/** Numbers of several tables, from one origin. */
export function readNumeric(field: Field, vectors: readonly Vector[]): NumericColumn[] {
  const { name, type } = field;
  const temporal = isTemporal(type);
  // Nanoseconds since 1970 are beyond exact numbers: what is compared starts at the first one.
  const origin = temporal ? (wholeRange(vectors[0] as Vector)?.minimum ?? 0n) : 0n;
  return vectors.map((vector) => {
    const { type } = vector;
    const unit = DataType.isDecimal(type) ? 10 ** type.scale : 1;
    const values = DataType.isFloat(type) ? readFloats(vector) : readDistances(vector, origin);
    const valid = validityOf(vector);
    for (let row = 0; row < values.length; row++) {
      if (valid?.[row] === 0) values[row] = Number.NaN;
      else if (unit !== 1) values[row] = (values[row] as number) / unit;
    }
    return { kind: 'numeric', name, values, temporal };
  });
}

/** Codes of several tables, of levels that they share. */
export function readCategorical({ name }: Field, vectors: readonly Vector[]): CategoricalColumn[] {
  const codeOf = new Map<string, number>();
  const levels: string[] = [];
  const columns = vectors.map((vector) =>
    Int32Array.from(readTexts(vector), (text) => {
      if (text === null) return -1;
      const known = codeOf.get(text);
      if (known !== undefined) return known;
      codeOf.set(text, levels.length);
      return levels.push(text) - 1;
    }),
  );
  return columns.map((codes) => ({ kind: 'categorical', name, codes, levels }));
}
