import { type Data, makeData, Null, type RecordBatch, Schema, Vector } from 'apache-arrow';
import { makeBatch } from '../../data/batches/batch.js';
import { InvalidOptionError } from '../../errors.js';
import type { Random } from '../../random.js';
import type { ColumnEncoder } from '../encoder.js';
import { columnOf } from '../table.js';
import { learnCombination } from './learn-combination.js';
import { learnNulls, learnNullWhere } from './learn-nulls.js';
import { learnOrder } from './learn-order.js';
import { learnSum } from './learn-sum.js';
import { describeRule, type Rule } from './rule.js';
import type { RuleStep } from './step.js';

/** Schema of the table that is learned: as many columns, some of another type, or of none. */
export function learnedSchema(schema: Schema, rules: readonly Rule[]): Schema {
  const steps = stepsOf(schema, rules);
  if (steps.length === 0) return schema;
  const fields = [...schema.fields];
  for (const step of steps) for (const [place, field] of step.fields) fields[place] = field;
  return new Schema(fields);
}

/** The rows of a table as those that are learned. */
export function learnedBatches(
  schema: Schema,
  rules: readonly Rule[],
  batches: readonly RecordBatch[],
  random: Random,
): readonly RecordBatch[] {
  const steps = stepsOf(schema, rules);
  if (steps.length === 0 || batches.length === 0) return batches;
  const learned = learnedSchema(schema, rules);
  const own = schema.fields.map((_, place) => columnOf(batches, place) as Vector);
  const columns = [...own];
  for (const [k, step] of steps.entries()) step.learn(columns, own, random.fork('rule', k));
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  let start = 0;
  return batches.map((batch) => {
    const children = learned.fields.map(({ type }, place): Data => {
      const column = columns[place] as Vector;
      if (column === own[place] && type === schema.fields[place]?.type) {
        return batch.data.children[place] as Data;
      }
      if (column === own[place]) return makeData({ type: new Null(), length: batch.numRows });
      return column.slice(start, Math.min(start + batch.numRows, rows)).data[0] as Data;
    });
    start += batch.numRows;
    return makeBatch(learned, children, batch.numRows);
  });
}

/**
 * What changes made rows of the learned table back, so that they keep all rules.
 *
 * @param schema The table's own, which the batches get.
 * @param encoders Those of the learned columns.
 */
export function createRestorer(
  schema: Schema,
  rules: readonly Rule[],
  encoders: readonly ColumnEncoder[],
): (batch: RecordBatch) => RecordBatch {
  const steps = inOrder(stepsOf(schema, rules, encoders));
  if (steps.length === 0) return (batch) => batch;
  return (batch) => {
    const columns = batch.data.children.map((data) => new Vector([data]));
    for (const step of steps) step.restore(columns, batch.numRows);
    const children = columns.map(({ data }) => data[0] as Data);
    return makeBatch(schema, children, batch.numRows);
  };
}

/** Refuses rules of which one takes what another one makes. @throws InvalidOptionError */
export function checkRules(schema: Schema, rules: readonly Rule[]): void {
  const changed = new Map<number, Rule>();
  for (const rule of rules) {
    for (const place of stepOf(rule, schema)?.fields.keys() ?? []) {
      const other = changed.get(place);
      if (other) throw contradiction(rule, other);
      changed.set(place, rule);
    }
  }
  const steps = rules.flatMap((rule) => stepOf(rule, schema) ?? []);
  if (inOrder(steps).length < steps.length) throw contradiction(...rules);
}

function contradiction(...rules: Rule[]): InvalidOptionError {
  return new InvalidOptionError(
    `rules cannot be kept together: ${rules.map(describeRule).join('; ')}. Leave one of them out`,
  );
}

function stepsOf(
  schema: Schema,
  rules: readonly Rule[],
  encoders?: readonly ColumnEncoder[],
): RuleStep[] {
  // What fills nulls comes last: it takes what others made of a column.
  const late = (rule: Rule) => rule.kind === 'nulls' || rule.kind === 'null-where';
  return [...rules.filter((rule) => !late(rule)), ...rules.filter(late)].flatMap(
    (rule) => stepOf(rule, schema, encoders) ?? [],
  );
}

function stepOf(
  rule: Rule,
  schema: Schema,
  encoders?: readonly ColumnEncoder[],
): RuleStep | undefined {
  switch (rule.kind) {
    case 'combination':
      return learnCombination(rule, schema, encoders);
    case 'order':
      return learnOrder(rule, schema);
    case 'nulls':
      return learnNulls(rule, schema);
    case 'null-where':
      return learnNullWhere(rule, schema);
    case 'sum':
    case 'ratio':
      return learnSum(rule, schema);
    case 'unique':
      return undefined;
  }
}

/** Steps in an order in which each finds restored what it needs; fewer, if there is none. */
function inOrder(steps: readonly RuleStep[]): RuleStep[] {
  const ordered: RuleStep[] = [];
  let open = [...steps];
  while (open.length > 0) {
    const isReady = (step: RuleStep) =>
      open.every(
        (other) =>
          other === step ||
          (!other.writes.some((place) => step.reads.includes(place)) &&
            // Of two that write one column, the one that gives it its values comes first.
            !(
              other.fields.size > 0 &&
              step.fields.size === 0 &&
              other.writes.some((place) => step.writes.includes(place))
            )),
      );
    const ready = open.filter(isReady);
    if (ready.length === 0) break;
    ordered.push(...ready);
    open = open.filter((step) => !ready.includes(step));
  }
  return ordered;
}
