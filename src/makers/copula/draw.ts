import type { Schema } from 'apache-arrow';
import type { Column } from '../../columns/column.js';
import type { Random } from '../../random.js';
import { type ColumnForm, numberOf } from '../column-form.js';
import type { DrawRows, WantedColumn } from '../row-maker.js';
import { tableWriter } from '../table-form.js';
import { type Margin, openMargin, type ShareInterval } from './margin.js';
import { normalQuantile, normalShare } from './normal.js';
import type { ClassCopula, CopulaParameters, CopulaPart } from './parameters.js';

/** The normal score of a share, finite at both ends. */
export const scoreOf = (share: number) =>
  normalQuantile(Math.min(Math.max(share, 1e-12), 1 - 1e-12));

/**
 * Draws rows of a fitted copula. Wanted cells come first: the other columns are drawn as they are
 * linked with them (exactly for one wanted column, one after the other for several, as in the GHK
 * simulator of Geweke 1989).
 */
export function openCopula(schema: Schema, { forms, target, classes }: CopulaParameters): DrawRows {
  const write = tableWriter(schema, forms);
  const opened = classes.map((own) => openClass(own, forms));
  const shares = cumulate(classes.map(({ rows }) => rows));
  return (rows, random, wanted = []) => {
    const labels = wanted.find(({ column }) => column === target);
    const linked = wanted.filter((one) => one !== labels);
    const draw = random.fork('classes');
    const cells = forms.map(() => new Float64Array(rows));
    for (let row = 0; row < rows; row++) {
      const drawn = pick(shares, draw);
      const level = labels?.levels[labels.codes[row] as number] ?? null;
      const place = labels ? classes.findIndex((own) => own.level === level) : drawn;
      opened[Math.max(place, 0)]?.(random.fork('row', row), wantedShares(linked, row), cells, row);
      if (target !== undefined) {
        const form = forms[target];
        const own = classes[Math.max(place, 0)]?.level ?? null;
        const codeOf = form?.kind === 'levels' && own !== null ? form.levels.indexOf(own) : -1;
        (cells[target] as Float64Array)[row] = codeOf;
      }
    }
    const columns = forms.flatMap((form, k) => columnFrom(form, cells[k] as Float64Array) ?? []);
    return { batch: write({ length: rows, columns }, random, wanted), hits: rows };
  };
}

function cumulate(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum;
  });
}

/** A place, by cumulative counts. */
function pick(ends: readonly number[], random: Random): number {
  const drawn = random.integer(ends.at(-1) ?? 1);
  return ends.findIndex((end) => drawn < end);
}

/** A wanted cell of a row. */
interface WantedCell {
  readonly column: number;
  readonly text: string | null;
}

function wantedShares(wanted: readonly WantedColumn[], row: number): WantedCell[] {
  return wanted.map(({ column, levels, codes }) => ({
    column,
    text: levels[codes[row] as number] ?? null,
  }));
}

/** Draws one row into columns of numbers and codes. */
type DrawRow = (
  random: Random,
  wanted: readonly WantedCell[],
  cells: readonly Float64Array[],
  row: number,
) => void;

function openClass({ parts, correlations }: ClassCopula, forms: readonly ColumnForm[]): DrawRow {
  const margins = parts.map(({ margin }) => openMargin(margin));
  const factors = new Map<string, { order: number[]; factor: number[][] }>();
  const factorFor = (first: readonly number[]) => {
    const key = first.join();
    const known = factors.get(key);
    if (known) return known;
    const order = [...first, ...parts.keys()].filter((part, k, all) => all.indexOf(part) === k);
    const permuted = order.map((i) => order.map((j) => correlations[i]?.[j] as number));
    const made = { order, factor: cholesky(permuted) };
    factors.set(key, made);
    return made;
  };
  return (random, wanted, cells, row) => {
    const intervals = new Map<number, ShareInterval>();
    for (const [part, { column, role }] of parts.entries()) {
      const cell = wanted.find((one) => one.column === column);
      if (!cell) continue;
      const interval = intervalOf(
        margins[part] as Margin,
        forms[column] as ColumnForm,
        role,
        cell.text,
      );
      if (interval) intervals.set(part, interval);
    }
    const { order, factor } = factorFor([...intervals.keys()]);
    const noise = new Float64Array(order.length);
    const isNull = new Set<number>();
    for (const [k, part] of order.entries()) {
      const own = factor[k] as number[];
      let mean = 0;
      for (let j = 0; j < k; j++) mean += (own[j] as number) * (noise[j] as number);
      const deviation = own[k] as number;
      const interval = intervals.get(part);
      noise[k] = interval ? within(interval, mean, deviation, random) : random.normal();
      const share = normalShare(mean + deviation * (noise[k] as number));
      const { column, role } = parts[part] as CopulaPart;
      const cell = (margins[part] as Margin).cell(share);
      if (role === 'cells') (cells[column] as Float64Array)[row] = cell;
      else if (cell === 0) isNull.add(column);
    }
    for (const column of isNull) (cells[column] as Float64Array)[row] = Number.NaN;
  };
}

/** Where the shares of a wanted cell lie; undefined of a number where null is wanted. */
function intervalOf(
  margin: Margin,
  form: ColumnForm,
  role: CopulaPart['role'],
  text: string | null,
): ShareInterval | undefined {
  if (role === 'presence') return margin.interval(text === null ? 0 : 1);
  if (form.kind === 'levels')
    return margin.interval(text === null ? -1 : form.levels.indexOf(text));
  if (form.kind !== 'numbers' || text === null) return undefined;
  return margin.interval(numberOf(form, text));
}

/** Noise that makes a score whose share lies in an interval. */
function within(
  [low, high]: ShareInterval,
  mean: number,
  deviation: number,
  random: Random,
): number {
  const shareFrom = (share: number) => normalShare((scoreOf(share) - mean) / deviation);
  const [from, to] = [shareFrom(low), shareFrom(high)];
  return scoreOf(from + (to - from) * random.uniform());
}

function columnFrom(form: ColumnForm, cells: Float64Array): Column | undefined {
  if (form.kind === 'unlearned') return undefined;
  if (form.kind === 'numbers') return { kind: 'numeric', name: '', values: cells, temporal: false };
  return { kind: 'categorical', name: '', codes: Int32Array.from(cells), levels: form.levels };
}

/** L of L Lᵀ = a matrix, whose diagonal is lifted a little where it must be. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const factor = matrix.map((row) => row.map(() => 0));
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j <= i; j++) {
      const own = factor[i] as number[];
      let rest = row[j] as number;
      for (let k = 0; k < j; k++) rest -= (own[k] as number) * (factor[j]?.[k] as number);
      own[j] = i === j ? Math.sqrt(Math.max(rest, 1e-10)) : rest / (factor[j]?.[j] as number);
    }
  }
  return factor;
}
