import { type Data, type Schema, Vector } from 'apache-arrow';
import { withValidity } from '../cells/column-build.js';
import { readTexts } from '../cells/column-texts.js';
import { validityOf } from '../cells/column-values.js';
import type { Rule } from './rule.js';
import { fillNulls, type RuleStep } from './step.js';

/** Of columns that are null together, the first is learned with its nulls, and the others follow. */
export function learnNulls({ columns: names }: Rule, schema: Schema): RuleStep {
  const places = names.map((name) => schema.fields.findIndex((field) => field.name === name));
  const [leader, ...followers] = places as [number, ...number[]];
  return {
    writes: followers,
    reads: [leader],
    fields: new Map(),
    learn(columns, _, random) {
      for (const place of followers) {
        columns[place] = fillNulls(columns[place] as Vector, random.fork(place));
      }
    },
    restore(columns) {
      const valid = validityOf(columns[leader] as Vector);
      if (!valid) return;
      for (const place of followers) columns[place] = masked(columns[place] as Vector, valid);
    },
  };
}

/** A column that is null where another has certain values is made null there. */
export function learnNullWhere(
  { columns: names, where = [], isExact }: Rule,
  schema: Schema,
): RuleStep {
  const [place, source] = names.map((name) =>
    schema.fields.findIndex((field) => field.name === name),
  ) as [number, number];
  const values = new Set(where);
  return {
    writes: [place],
    reads: [source],
    fields: new Map(),
    learn(columns, _, random) {
      if (isExact) columns[place] = fillNulls(columns[place] as Vector, random.fork(place));
    },
    restore(columns) {
      const texts = readTexts(columns[source] as Vector);
      const valid = Uint8Array.from(texts, (text) => (values.has(text) ? 0 : 1));
      columns[place] = masked(columns[place] as Vector, valid);
    },
  };
}

/** The same column, but null where `valid` is 0, too. */
function masked(vector: Vector, valid: Uint8Array): Vector {
  const own = validityOf(vector);
  const both = Int32Array.from(valid, (each, row) => (each && own?.[row] !== 0 ? 1 : 0));
  return new Vector([withValidity(vector.data[0] as Data, both)]);
}
