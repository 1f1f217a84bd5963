import { hash } from 'node:crypto';
import type { ImageColumn, NumericColumn, Rows } from '../../columns/column.js';
import { rangeOf } from '../fidelity/coverage.js';

/** How close a number must be to match, as a share: of the synthetic number, or of a time's range. */
const tolerance = 0.01;

/** How many synthetic rows are new: like no real one. */
export interface NewRows {
  /** NewRowSynthesis: the share of synthetic rows that match no real row. */
  readonly score: number;
  /** Synthetic rows that match a real row. */
  readonly matched: number;
  /** Synthetic rows that are equal to a real row in every column. */
  readonly copies: number;
}

/**
 * Synthetic rows that real rows match: categories, texts, nulls and images are equal, numbers within 1 % of the
 * synthetic one, as in SDMetrics. Times within 1 % of the real range: 1 % of the time since 1970,
 * as there, would match half a year.
 *
 * All rows are compared, by groups of equal categories and order within them.
 */
export function findNewRows(real: Rows, synthetic: Rows): NewRows {
  const reference = indexRows(real);
  let [matched, copies] = [0, 0];
  for (const query of queriesOf(synthetic, real)) {
    const group = reference.groups.get(query.key);
    if (!group) continue;
    const found = searchGroup(group, query, reference.sortedBy);
    if (found !== 'nothing') matched++;
    if (found === 'copy') copies++;
  }
  return { score: 1 - matched / synthetic.length, matched, copies };
}

/** Rows with the same categories and the same nulls, by one of their numbers. */
interface Group {
  /** Row-major numbers, in order of the number they are sorted by. */
  readonly rows: readonly Float64Array[];
}

interface Query {
  readonly key: string;
  readonly numbers: Float64Array;
  /** How far off each number may be. */
  readonly within: Float64Array;
}

function indexRows(rows: Rows): { groups: Map<string, Group>; sortedBy: number } {
  const numeric = numericColumns(rows);
  const distinct = numeric.map(({ values }) => new Set(values).size);
  const sortedBy = distinct.indexOf(Math.max(...distinct));
  const groups = new Map<string, { rows: Float64Array[] }>();
  for (let row = 0; row < rows.length; row++) {
    const key = keyOf(rows, row);
    const group = groups.get(key);
    const numbers = Float64Array.from(numeric, ({ values }) => values[row] as number);
    if (group) group.rows.push(numbers);
    else groups.set(key, { rows: [numbers] });
  }
  if (sortedBy >= 0) {
    const place = (numbers: Float64Array) => numbers[sortedBy] as number;
    for (const group of groups.values()) group.rows.sort((a, b) => place(a) - place(b));
  }
  return { groups, sortedBy };
}

function* queriesOf(synthetic: Rows, real: Rows): Generator<Query> {
  const numeric = numericColumns(synthetic);
  const ranges = numericColumns(real).map(({ values }) => rangeOf(values));
  for (let row = 0; row < synthetic.length; row++) {
    const numbers = Float64Array.from(numeric, ({ values }) => values[row] as number);
    const within = Float64Array.from(numeric, ({ temporal }, k) => {
      const { lowest, highest } = ranges[k] as { lowest: number; highest: number };
      return tolerance * (temporal ? highest - lowest : Math.abs(numbers[k] as number));
    });
    yield { key: keyOf(synthetic, row), numbers, within };
  }
}

function searchGroup(
  { rows }: Group,
  { numbers, within }: Query,
  sortedBy: number,
): 'nothing' | 'match' | 'copy' {
  let found: 'nothing' | 'match' = 'nothing';
  const center = numbers[sortedBy] as number;
  const reach = within[sortedBy] as number;
  // Null in the whole group, or no numbers at all: every row is a candidate.
  const bounded = sortedBy >= 0 && !Number.isNaN(center);
  for (let k = bounded ? firstFrom(rows, sortedBy, center - reach) : 0; k < rows.length; k++) {
    const row = rows[k] as Float64Array;
    if (bounded && (row[sortedBy] as number) - center > reach) break;
    const distance = compare(row, numbers, within);
    if (distance === 'copy') return 'copy';
    if (distance === 'match') found = 'match';
  }
  return found;
}

function compare(row: Float64Array, numbers: Float64Array, within: Float64Array) {
  let equal = true;
  for (let k = 0; k < numbers.length; k++) {
    const distance = Math.abs((row[k] as number) - (numbers[k] as number));
    if (distance > (within[k] as number)) return 'nothing';
    if (distance > 0) equal = false;
  }
  return equal ? 'copy' : 'match';
}

/** The first row whose number is not below `least`. */
function firstFrom(rows: readonly Float64Array[], by: number, least: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (((rows[middle] as Float64Array)[by] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function numericColumns({ columns }: Rows): NumericColumn[] {
  return columns.filter((column) => column.kind === 'numeric');
}

/** What must be equal: categories, texts, which numbers are null, and images. */
function keyOf({ columns, images, texts = [] }: Rows, row: number): string {
  let key = images ? digestOf(images, row) : '';
  for (const column of [...columns, ...texts]) {
    if (column.kind === 'categorical') key += `${column.codes[row]},`;
    else key += Number.isNaN(column.values[row]) ? 'x' : '.';
  }
  return key;
}

/** A short text that is the same for images of the same numbers. */
function digestOf({ shape, fill }: ImageColumn, row: number): string {
  const pixels = new Float32Array(shape.height * shape.width * shape.channels);
  fill(row, pixels, 0);
  return hash('sha1', new Uint8Array(pixels.buffer), 'base64');
}
