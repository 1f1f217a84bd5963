import { DataType, type Field, type Schema, Vector } from 'apache-arrow';
import { buildFloats, buildWhole, withValidity } from '../cells/column-build.js';
import { roundTo } from '../cells/granularity.js';
import { addUp } from './arithmetic.js';
import type { Rule } from './rule.js';
import { readScaled } from './rule-table.js';
import { derivedField, type RuleStep } from './step.js';

/** A sum, or a multiple of another column, is left out of what is learned, and computed. */
export function learnSum({ columns: names, factor = 1, decimals }: Rule, schema: Schema): RuleStep {
  const [place, ...parts] = names.map((name) =>
    schema.fields.findIndex((field) => field.name === name),
  ) as [number, ...number[]];
  const field = schema.fields[place] as Field;
  return {
    writes: [place],
    reads: parts,
    fields: new Map([[place, derivedField(field)]]),
    learn() {},
    restore(columns, rows) {
      const [first] = parts;
      const source = columns[first as number] as Vector;
      if (factor === 1 && parts.length === 1 && String(source.type) === String(field.type)) {
        columns[place] = source;
        return;
      }
      const sums = addUp(
        parts.map((part) => readScaled(columns[part] as Vector)),
        rows,
      ).map((sum) => sum * factor);
      columns[place] = numbersAs(field.type, sums, decimals);
    },
  };
}

/** Numbers as a column of a type, null where they are NaN. */
function numbersAs(type: DataType, values: Float64Array, decimals: number | undefined): Vector {
  const valid = Int32Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1));
  if (DataType.isFloat(type)) {
    const rounded =
      decimals === undefined ? values : values.map((value) => roundTo(value, decimals, type));
    return new Vector([withValidity(buildFloats(type, rounded), valid)]);
  }
  const size = DataType.isDecimal(type) ? 10 ** type.scale : 1;
  const whole = values.map((value, row) => (valid[row] ? Math.round(value * size) : 0));
  return new Vector([withValidity(buildWhole(type, whole), valid)]);
}
