import {
  DataType,
  DateUnit,
  Field,
  Float64,
  Int32,
  Int64,
  type Schema,
  Vector,
} from 'apache-arrow';
import { buildFloats, buildWhole, withValidity } from '../cells/column-build.js';
import { wholeBounds } from '../cells/column-types.js';
import { forEachWhole, readFloats, validityOf } from '../cells/column-values.js';
import { roundTo } from '../cells/granularity.js';
import type { Rule } from './rule.js';
import type { RuleStep } from './step.js';

/** The last of ordered columns is learned as its distance from the highest of the others. */
export function learnOrder({ columns: names, decimals, highest }: Rule, schema: Schema): RuleStep {
  const places = names.map((name) => schema.fields.findIndex((field) => field.name === name));
  const [later, earlier] = [places.at(-1) as number, places.slice(0, -1)];
  const field = schema.fields[later] as Field;
  const gapField = new Field(field.name, gapType(field.type), field.nullable);
  const isFloat = DataType.isFloat(field.type);
  return {
    writes: [later],
    reads: earlier,
    fields: new Map([[later, gapField]]),
    learn(columns, own) {
      const given = [later, ...earlier].map((place) => own[place] as Vector);
      columns[later] = isFloat
        ? floatGaps(given, gapField.type, decimals)
        : wholeGaps(given, gapField.type);
    },
    restore(columns) {
      const given = [later, ...earlier].map((place) => columns[place] as Vector);
      columns[later] = isFloat
        ? addFloats(given, field.type, decimals, highest)
        : addWholes(given, field.type, highest);
    },
  };
}

function gapType(type: DataType): DataType {
  if (DataType.isFloat(type)) return new Float64();
  if (DataType.isDecimal(type)) return type;
  const isDays = DataType.isDate(type) && type.unit === DateUnit.DAY;
  return isDays || (DataType.isInt(type) && type.bitWidth < 32) ? new Int32() : new Int64();
}

/** Whether there is a value in all columns, row by row. */
function validIn(vectors: readonly Vector[]): Int32Array {
  const all = vectors.map(validityOf);
  return Int32Array.from({ length: vectors[0]?.length ?? 0 }, (_, row) =>
    all.every((valid) => valid?.[row] !== 0) ? 1 : 0,
  );
}

function readWholes(vector: Vector): bigint[] {
  const values = new Array<bigint>(vector.length).fill(0n);
  forEachWhole(vector, (value, row) => {
    values[row] = BigInt(value);
  });
  return values;
}

function highestOf<Value extends number | bigint>(columns: readonly ArrayLike<Value>[]): Value[] {
  const [first, ...others] = columns;
  return Array.from(first as ArrayLike<Value>, (value, row) =>
    others.reduce(
      (most, other) => ((other[row] as Value) > most ? (other[row] as Value) : most),
      value,
    ),
  );
}

function wholeGaps(vectors: readonly Vector[], type: DataType): Vector {
  const valid = validIn(vectors);
  const [later, ...earlier] = vectors.map(readWholes) as [bigint[], ...bigint[][]];
  const base = highestOf(earlier);
  const gaps = later.map((value, row) => (valid[row] ? value - (base[row] as bigint) : 0n));
  return new Vector([withValidity(buildWhole(type, gaps), valid)]);
}

function floatGaps(
  vectors: readonly Vector[],
  type: DataType,
  decimals: number | undefined,
): Vector {
  const valid = validIn(vectors);
  const [later, ...earlier] = vectors.map(readFloats) as [Float64Array, ...Float64Array[]];
  const base = highestOf(earlier);
  const gaps = later.map((value, row) => {
    const gap = valid[row] ? value - (base[row] as number) : 0;
    return decimals === undefined ? gap : roundTo(gap, decimals, type);
  });
  return new Vector([withValidity(buildFloats(type, gaps), valid)]);
}

function addWholes(
  vectors: readonly Vector[],
  type: DataType,
  highest: string | undefined,
): Vector {
  const valid = validIn(vectors);
  const [gaps, ...earlier] = vectors.map(readWholes) as [bigint[], ...bigint[][]];
  const base = highestOf(earlier);
  const most = highest === undefined ? wholeBounds(type).maximum : BigInt(highest);
  const values = gaps.map((gap, row) => {
    const from = base[row] as bigint;
    const value = gap > 0n ? from + gap : from;
    // Within the bounds of the data, but never below what it follows.
    const bound = from > most ? from : most;
    return value > bound ? bound : value;
  });
  return new Vector([withValidity(buildWhole(type, values), valid)]);
}

function addFloats(
  vectors: readonly Vector[],
  type: DataType,
  decimals: number | undefined,
  highest: string | undefined,
): Vector {
  const valid = validIn(vectors);
  const [gaps, ...earlier] = vectors.map(readFloats) as [Float64Array, ...Float64Array[]];
  const base = highestOf(earlier);
  const most = highest === undefined ? Number.POSITIVE_INFINITY : Number(highest);
  const values = gaps.map((gap, row) => {
    const from = base[row] as number;
    const sum = Math.min(from + Math.max(gap, 0), most);
    const value = decimals === undefined ? sum : roundTo(sum, decimals, type);
    return Math.max(value, from);
  });
  return new Vector([withValidity(buildFloats(type, values), valid)]);
}
