import { DataType, type Field, type RecordBatch, type Schema, type Vector } from 'apache-arrow';
import { readNumbers } from '../cells/column-numbers.js';
import { readTexts } from '../cells/column-texts.js';
import { isTextable, isWhole } from '../cells/column-types.js';
import type { ColumnEncoder } from '../encoder.js';
import { columnOf } from '../table.js';

/** How the values of a column are spread over a few bins. */
export interface ColumnSummary {
  readonly name: string;
  /**
   * Upper ends of the bins of numbers, the ends in them; the last bin has none. Tenths of the rows
   * lie between them, but where many are equal or rows are few. None is a row's own number.
   */
  readonly edges?: readonly number[];
  /** The most frequent levels of a category, by their texts; the last bin is of all others. */
  readonly levels?: readonly string[];
  /** Share of the rows in each bin, and behind them that of nulls. */
  readonly shares: readonly number[];
}

const mostLevels = 20;
const quantiles = 10;
/** Bins of fewer rows would say too much of each. */
const leastRows = 5;

/**
 * Summaries of the columns that are learned, or are always the same.
 *
 * @param followers Names of columns that follow from others by a rule.
 * @param fewest Rows that a level needs to be named.
 */
export function summarizeColumns(
  schema: Schema,
  batches: readonly RecordBatch[],
  encoders: readonly ColumnEncoder[],
  followers: ReadonlySet<string> = new Set(),
  fewest = 1,
): ColumnSummary[] {
  return schema.fields.flatMap((field, column) => {
    const { kind, spans = [] } = encoders[column] ?? {};
    const isMade = spans.length > 0 || kind === 'constant' || followers.has(field.name);
    if (!isTextable(field.type) || !isMade) return [];
    const vector = columnOf(batches, column);
    return vector && vector.length > 0 ? [summarize(field, vector, fewest)] : [];
  });
}

function summarize({ name, type }: Field, vector: Vector, fewest: number): ColumnSummary {
  const bins = isNumeric(type) ? { edges: edgesOf(vector) } : { levels: levelsOf(vector, fewest) };
  const counts = createBinner({ name, ...bins, shares: [] })(vector);
  return { name, ...bins, shares: Array.from(counts, (count) => count / vector.length) };
}

function edgesOf(vector: Vector): number[] {
  const sorted = readNumbers(vector)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const bins = Math.min(quantiles, Math.floor(sorted.length / leastRows));
  const edges = Array.from({ length: Math.max(bins - 1, 0) }, (_, k) =>
    edgeAfter(sorted, Math.floor(((k + 1) * sorted.length) / bins) - 1),
  );
  return [...new Set(edges)].filter(Number.isFinite);
}

/** A number between the value at a place and the next larger one; NaN if there is none. */
function edgeAfter(sorted: Float64Array, place: number): number {
  const value = sorted[place] as number;
  const next = sorted.subarray(place).find((other) => other > value);
  if (next === undefined) return Number.NaN;
  const edge = value / 2 + next / 2;
  return edge > value && edge < next ? edge : Number.NaN;
}

function levelsOf(vector: Vector, fewest: number): string[] {
  const counts = new Map<string, number>();
  for (const text of readTexts(vector)) {
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const named = [...counts].filter(([, count]) => count >= fewest);
  const byCount = named.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return byCount.slice(0, mostLevels).map(([text]) => text);
}

/** Counts the cells of a column in the bins of a summary, nulls last. */
export function createBinner(summary: ColumnSummary): (vector: Vector) => Float64Array {
  const { edges, levels = [] } = summary;
  const bins = (edges ?? levels).length + 1;
  const places = new Map(levels.map((text, place) => [text, place]));
  return (vector) => {
    const counts = new Float64Array(bins + 1);
    const add = (bin: number) => {
      counts[bin] = (counts[bin] as number) + 1;
    };
    if (edges) for (const value of readNumbers(vector)) add(binOf(edges, value, bins));
    else for (const text of readTexts(vector)) add(levelOf(places, text, bins));
    return counts;
  };
}

function binOf(edges: readonly number[], value: number, nulls: number): number {
  if (Number.isNaN(value)) return nulls;
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function levelOf(places: ReadonlyMap<string, number>, text: string | null, nulls: number): number {
  return text === null ? nulls : (places.get(text) ?? places.size);
}

const isNumeric = (type: DataType) => DataType.isFloat(type) || isWhole(type);

/** Whether a value from outside is a list of summaries. */
export function areSummaries(value: unknown): value is ColumnSummary[] {
  return Array.isArray(value) && value.every(isSummary);
}

function isSummary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, edges, levels, shares } = value as Record<string, unknown>;
  const bins = edges === undefined ? levels : edges;
  const isBin = edges === undefined ? isText : Number.isFinite;
  return (
    isText(name) &&
    Array.isArray(bins) &&
    bins.every(isBin) &&
    Array.isArray(shares) &&
    shares.length === bins.length + 2 &&
    shares.every((share) => Number.isFinite(share) && share >= 0 && share <= 1)
  );
}

const isText = (value: unknown) => typeof value === 'string';
