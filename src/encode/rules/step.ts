import { Field, Null, Vector } from 'apache-arrow';
import { gatherData } from '../../data/gather/data.js';
import { createRunList } from '../../data/gather/runs.js';
import type { Random } from '../../random.js';
import { validityOf } from '../cells/column-values.js';

/** The columns of a table while rules change them, by their places in the schema. */
export type Columns = Vector[];

/** What a rule does to the columns that are learned, and to rows that were made of them. */
export interface RuleStep {
  /** Columns that are restored, and those that are needed for it. */
  readonly writes: readonly number[];
  readonly reads: readonly number[];
  /** Fields of learned columns that are other than the table's own. */
  readonly fields: ReadonlyMap<number, Field>;
  /** Changes the columns of real rows into those that are learned; `own` are as they were. */
  learn(columns: Columns, own: readonly Vector[], random: Random): void;
  /** Changes the columns of made rows back. */
  restore(columns: Columns, rows: number): void;
}

/** A column that nothing is learned of, as it follows from others. */
export function derivedField({ name }: Field): Field {
  return new Field(name, new Null(), true);
}

/** The same column, with values of random other rows in the place of nulls. */
export function fillNulls(vector: Vector, random: Random): Vector {
  const valid = validityOf(vector);
  if (!valid) return vector;
  const known = Int32Array.from(valid.keys()).filter((row) => valid[row] === 1);
  if (known.length === 0) return vector;
  const whole = gatherData(vector.type, vector.data, wholeRuns(vector));
  const runs = createRunList(vector.length);
  for (let row = 0; row < vector.length; row++) {
    const source = valid[row] === 1 ? row : (known[random.integer(known.length)] as number);
    runs.add(0, source, 1);
  }
  return new Vector([gatherData(vector.type, [whole], runs)]);
}

function wholeRuns({ data }: Vector) {
  const runs = createRunList(data.length);
  for (const [source, { length }] of data.entries()) runs.add(source, 0, length);
  return runs;
}
