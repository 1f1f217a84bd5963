import { DataType, type Field, type RecordBatch, type Schema, type Vector } from 'apache-arrow';
import { readNumbers } from '../cells/column-numbers.js';
import { readTexts } from '../cells/column-texts.js';
import { isText, isTextable, isWhole } from '../cells/column-types.js';
import { validityOf } from '../cells/column-values.js';
import { decimalsOf } from '../cells/granularity.js';
import { columnOf } from '../table.js';

/** A column as codes of its values, null among them. */
export interface CodedColumn {
  readonly codes: Int32Array;
  readonly texts: readonly (string | null)[];
  /** Rows of each code. */
  readonly counts: Int32Array;
}

/** A column of a table in which rules are looked for; what is read of it is read once. */
export interface RuleColumn {
  readonly index: number;
  readonly field: Field;
  readonly vector: Vector;
  /** Rows that are null. */
  readonly nulls: number;
  /** 1 where there is a value. */
  isValid(row: number): boolean;
  /** Undefined for more values than are worth it, and for types without exact texts. */
  coded(): CodedColumn | undefined;
  /** Numbers as they are meant, decimals with their decimals; NaN where null. Undefined for other types. */
  numbers(): Float64Array | undefined;
  /** Decimals of the values, if they have a bound: see `decimalsOf`. */
  decimals(): number | undefined;
  /** Whether it is learned as levels: text, booleans, and numbers of few values. */
  isCategory(): boolean;
}

/** A table in which rules are looked for. */
export interface RuleTable {
  readonly rows: number;
  readonly columns: readonly RuleColumn[];
}

/** More values than these are not told apart. */
const mostCodes = 10_000;

/** Numbers of no more values than this, in so many rows each, are levels. */
const fewValues = 20;
const rowsPerValue = 10;

export function openRuleTable(schema: Schema, batches: readonly RecordBatch[]): RuleTable {
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const columns = schema.fields.flatMap((field, index) => {
    const vector = columnOf(batches, index);
    return vector ? [openColumn(field, index, vector)] : [];
  });
  return { rows, columns };
}

function openColumn(field: Field, index: number, vector: Vector): RuleColumn {
  const { type } = field;
  const valid = once(() =>
    DataType.isNull(type) ? new Uint8Array(vector.length) : validityOf(vector),
  );
  const coded = once(() => (isTextable(type) ? encode(readTexts(vector)) : undefined));
  const numbers = once(() => (isNumeric(type) ? readScaled(vector) : undefined));
  return {
    index,
    field,
    vector,
    get nulls() {
      return valid()?.reduce((sum, each) => sum + 1 - each, 0) ?? 0;
    },
    isValid: (row) => valid()?.[row] !== 0,
    coded,
    numbers,
    decimals: once(() => {
      if (DataType.isDecimal(type)) return Math.max(type.scale, 0);
      if (!DataType.isFloat(type)) return 0;
      return decimalsOf(numbers() ?? new Float64Array(0), type);
    }),
    isCategory: once(() => {
      if (DataType.isBool(type)) return true;
      const values = coded();
      if (!values) return false;
      const plain = DataType.isDictionary(type) ? type.dictionary : type;
      if (isText(plain)) return values.texts.length <= vector.length / 2;
      return (
        values.texts.length <= fewValues && vector.length >= rowsPerValue * values.texts.length
      );
    }),
  };
}

/** Whether cells of the type are numbers of their own, dates and times among them. */
export function isNumeric(type: DataType): boolean {
  return DataType.isFloat(type) || isWhole(type);
}

/** Numbers of a column as they are meant, decimals with their decimals; NaN where null. */
export function readScaled(vector: Vector): Float64Array {
  const values = readNumbers(vector);
  const { type } = vector;
  if (!DataType.isDecimal(type) || type.scale === 0) return values;
  const size = 10 ** type.scale;
  return values.map((value) => value / size);
}

function encode(all: readonly (string | null)[]): CodedColumn | undefined {
  const places = new Map<string | null, number>();
  const codes = new Int32Array(all.length);
  for (let row = 0; row < all.length; row++) {
    const text = all[row] as string | null;
    let code = places.get(text);
    if (code === undefined) {
      if (places.size === mostCodes) return undefined;
      code = places.size;
      places.set(text, code);
    }
    codes[row] = code;
  }
  const counts = new Int32Array(places.size);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  return { codes, texts: [...places.keys()], counts };
}

function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
