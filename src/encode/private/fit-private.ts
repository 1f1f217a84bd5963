import { DataType, type Field, type RecordBatch, type Schema, type Vector } from 'apache-arrow';
import { SchemaError } from '../../errors.js';
import { type NoisyCounts, projectCounts } from '../../privacy/noisy-counts.js';
import { yieldToEventLoop } from '../../threads/abortable.js';
import { readTexts } from '../cells/column-texts.js';
import { isText, wholeBounds } from '../cells/column-types.js';
import { validityOf } from '../cells/column-values.js';
import { binned, numberReader } from '../columns/binned.js';
import { boolean } from '../columns/boolean.js';
import { countLevels, fitCategorical, type Level } from '../columns/categorical.js';
import { canBeIdentifier, textIdentifier } from '../columns/identifier.js';
import { canBeNull } from '../columns/null-column.js';
import { resample } from '../columns/resample.js';
import type { ColumnEncoder } from '../encoder.js';
import { columnOf } from '../table.js';
import { refusedColumn, type UnmodelledChoice, unmodelled } from '../unmodelled.js';
import { type ColumnNumbers, cutBins, findRange } from './cut-bins.js';
import { type ColumnPlan, lineBetween } from './plan-column.js';

/** Nulls are made where their noisy count is above so many deviations. */
const leastNulls = 2;

/** What {@link fitPrivately} is told besides the rows. */
export interface PrivateFit {
  readonly plans: readonly ColumnPlan[];
  /** About how many rows there are. */
  readonly rows: number;
  readonly noise: NoisyCounts;
  readonly unmodelled?: UnmodelledChoice | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fits an encoder for each column by what its plan says and by noisy histograms of the rows, and by
 * nothing else of these: levels that are found come out where their noisy count is above the threshold;
 * intervals are cut by noisy counts.
 *
 * @throws SchemaError for a column that cannot be learned, and not be null.
 */
export async function fitPrivately(
  schema: Schema,
  batches: readonly RecordBatch[],
  { plans, rows, noise, unmodelled: choice, signal }: PrivateFit,
): Promise<ColumnEncoder[]> {
  const encoders: ColumnEncoder[] = [];
  for (const [column, field] of schema.fields.entries()) {
    await yieldToEventLoop(signal);
    const plan = plans[column] as ColumnPlan;
    const vector = columnOf(batches, column);
    if (!vector) throw new SchemaError(`column '${field.name}' has no rows to be fitted to`);
    if (plan.kind === 'none') encoders.push(unlearned(field, plan.as, choice));
    else if (plan.kind === 'levels') encoders.push(fitLevels(field, vector, plan, rows, noise));
    else encoders.push(fitBins(field, vector, plan, rows, noise));
  }
  return encoders;
}

function unlearned(
  field: Field,
  as: 'identifier' | 'null' | 'unmodelled',
  choice: UnmodelledChoice | undefined,
): ColumnEncoder {
  if (as === 'identifier' && canBeIdentifier(field.type)) return textIdentifier(field, true);
  if (as === 'unmodelled' && choice === 'refuse') throw refusedColumn(field);
  return unmodelled(field, as === 'null' ? 'null' : 'unmodelled');
}

function fitLevels(
  field: Field,
  vector: Vector,
  { as, levels }: Extract<ColumnPlan, { kind: 'levels' }>,
  rows: number,
  noise: NoisyCounts,
): ColumnEncoder {
  const found = countLevels(readTexts(vector));
  const counts = new Map(found.map(({ text, count }) => [text, count]));
  const known = new Set(levels);
  // In an order that says nothing of the counts.
  const texts = levels ?? found.flatMap(({ text }) => (text === null ? [] : [text])).sort();
  const all = field.nullable ? [...texts, null] : texts;
  const noisy = noise.addTo(Float64Array.from(all, (text) => counts.get(text) ?? 0));
  const isReleased = (text: string | null, count: number) => {
    if (text === null) return count > leastNulls * noise.deviation;
    return known.has(text) || count > noise.threshold;
  };
  const released = all.flatMap((text, k) =>
    isReleased(text, noisy[k] as number) ? [{ text, count: noisy[k] as number }] : [],
  );
  if (released.every(({ text }) => text === null)) return withheld(field);
  const projected = projectCounts(
    Float64Array.from(released, ({ count }) => count),
    rows,
  );
  const fitted = released
    .map(({ text }, k): Level => ({ text, count: Math.round(projected[k] as number) }))
    .sort((a, b) => b.count - a.count);
  if (as === 'resample')
    return resample(
      field,
      fitted.filter(({ count }) => count > 0),
    );
  return (as === 'boolean' ? boolean : fitCategorical)(field, fitted, true);
}

/** An encoder of a column no value of which enough rows have. */
function withheld(field: Field): ColumnEncoder {
  if (canBeNull(field)) return unmodelled(field, 'unmodelled');
  if (isText(field.type)) return textIdentifier(field);
  throw new SchemaError(
    `column '${field.name}' has no value that enough rows have to come out, and cannot be null. Give its ` +
      `levels: columns: { ${JSON.stringify(field.name)}: { levels: […] } }`,
  );
}

function fitBins(
  field: Field,
  vector: Vector,
  plan: Extract<ColumnPlan, { kind: 'bins' }>,
  rows: number,
  noise: NoisyCounts,
): ColumnEncoder {
  const { cuts } = plan;
  const { line, range } = plan.range
    ? { line: plan.line, range: plan.range }
    : foundRange(field, vector, plan, noise);
  const numbers = readNumbers(field, vector, line);
  const cut = cutBins(numbers, range, cuts, rows, noise);
  const isMade = field.nullable && cut.nulls > leastNulls * noise.deviation;
  return binned(field, { line, bins: cut.bins, nulls: isMade ? cut.nulls : undefined });
}

function foundRange(
  field: Field,
  vector: Vector,
  { line }: Extract<ColumnPlan, { kind: 'bins' }>,
  noise: NoisyCounts,
) {
  const range = findRange(readNumbers(field, vector, line), noise);
  if (!line) return { line, range };
  const bounds = wholeBounds(field.type);
  const [lowest, highest] = range.map((end) => {
    const value = BigInt(end) * line.step;
    if (value < bounds.minimum) return bounds.minimum;
    return value > bounds.maximum ? bounds.maximum : value;
  }) as [bigint, bigint];
  return lineBetween(lowest, highest, line.step);
}

function readNumbers(
  { type, nullable }: Field,
  vector: Vector,
  line: ReturnType<typeof lineBetween>['line'] | undefined,
): ColumnNumbers {
  const valid = validityOf(vector);
  let nulls = 0;
  const values = numberReader(
    type,
    line,
  )(vector).map((value, row) => {
    if (valid?.[row] !== 0) return value;
    nulls += Number(nullable);
    return Number.NaN;
  });
  return { values, nulls, isWhole: !DataType.isFloat(type) };
}
