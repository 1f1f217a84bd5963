import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../columns/column.js';
import { batchesOf, type RowsInput } from '../columns/read.js';
import { drawIndices } from '../columns/select.js';
import { DataError, SchemaError } from '../errors.js';
import { checkOptions } from '../options/check.js';
import { object } from '../options/composed.js';
import { text, wholeNumber } from '../options/values.js';
import { createRandom } from '../random.js';
import { type Bases, findBases } from './bases.js';
import { type NeighbourSearch, neighbourSearch } from './neighbours.js';
import { type DrawRows, makerOf, type RowMaker, type WantedFor } from './row-maker.js';
import { type FormedTable, formTable, tableWriter } from './table-form.js';

/** How SMOTE-NC makes rows. */
export interface SmoteOptions {
  /** Column whose value a new row shares with the rows it lies between. Default: none. */
  readonly target?: string | undefined;
  /** Make rows of this class of the target alone. Default: of all, as often as they are. */
  readonly only?: string | undefined;
  /** Default: 5. */
  readonly neighbours?: number | undefined;
  /** Neighbours are looked for among so many rows of each class, drawn. Default: 5,000. */
  readonly candidates?: number | undefined;
}

/** The options of `fitSmote`. */
export const smoteOptions = object<SmoteOptions>({
  target: text('the name of a column'),
  only: text('a class of the target'),
  neighbours: wholeNumber({ from: 1 }),
  candidates: wholeNumber({ from: 1 }),
});

/**
 * SMOTE-NC (Chawla et al. 2002): a new row lies between a real one and one of its nearest
 * neighbours of the same class; its categories are the most frequent among the neighbours.
 *
 * @throws DataError for an input without rows, or with fewer than two of the wanted class.
 * @throws SchemaError for a column that can neither be modelled nor be null, or a target that is
 * no column of classes.
 */
export function fitSmote(real: RowsInput, options: SmoteOptions = {}): RowMaker {
  checkOptions(smoteOptions, options);
  const { target, only } = options;
  const batches = batchesOf(real, 'real');
  const table = formTable(batches);
  if (target !== undefined && !classesOf(table, target)) {
    throw new SchemaError(
      `target is not a column of classes: '${target}'. Name one, or leave it out`,
    );
  }
  const wanted = only === undefined ? undefined : wantClass(table, target, only);
  return makerOf('SMOTE-NC', openSmote(batches, options), wanted);
}

/** The wanted cells of rows of one class. @throws DataError for a class of fewer than two rows. */
function wantClass({ schema, rows }: FormedTable, target = '', only: string): WantedFor {
  const column = schema.fields.findIndex(({ name }) => name === target);
  const own = rows.columns.find(({ name }) => name === target);
  const code = own?.kind === 'categorical' ? own.levels.indexOf(only) : -1;
  const count =
    own?.kind === 'categorical' && code >= 0 ? own.codes.filter((each) => each === code).length : 0;
  if (count > 1) {
    return (length) => [{ column, levels: [only], codes: new Int32Array(length) }];
  }
  throw new DataError(
    `column '${target}' has too few rows of '${only}' to lie between: ${count}. Give at least two`,
  );
}

/** The class of each row; undefined for a column that is not learned as categories. */
function classesOf({ rows }: FormedTable, target: string | undefined): Int32Array | undefined {
  const column = rows.columns.find(({ name }) => name === target);
  return column?.kind === 'categorical' ? column.codes : undefined;
}

/**
 * Draws rows that lie between real ones, and between those that have the wanted cells where there
 * are some.
 *
 * @param batches At least one row, of one schema.
 * @param options A target that is no column of classes is taken as any other column.
 * @param kinds What each column is learned as. Default: what its type and cells say.
 */
export function openSmote(
  batches: readonly RecordBatch[],
  options: Omit<SmoteOptions, 'only'> = {},
  kinds?: readonly string[],
): DrawRows {
  const { target, neighbours = 5, candidates = 5_000 } = options;
  const table = formTable(batches, kinds);
  const { columns } = table.rows;
  const classes = classesOf(table, target);
  const searchIn = createSearches(table, classes, neighbours, candidates);
  const basesFor = findBases(table, batches);
  const write = tableWriter(table.schema, table.forms);
  return (rows, random, wanted = []) => {
    const draw = random.fork('bases');
    const chosen = new Int32Array(rows);
    const toward = new Int32Array(rows);
    const places = new Float64Array(rows);
    const found: Int32Array[] = [];
    let hits = 0;
    for (let row = 0; row < rows; row++) {
      const bases = basesFor(wanted, row);
      const place = draw.integer(bases.rows.length);
      const base = bases.rows[place] as number;
      const near = searchIn(bases, base);
      chosen[row] = base;
      toward[row] = near.length === 0 ? base : (near[draw.integer(near.length)] as number);
      places[row] = draw.uniform();
      hits += bases.isMet[place] as number;
      found.push(near);
    }
    const made = columns.map((column) =>
      column.kind === 'categorical' && !(classes && column.name === target)
        ? mostFrequent(column, chosen, found)
        : between(column, chosen, toward, places),
    );
    return { batch: write({ length: rows, columns: made }, random, wanted), hits };
  };
}

/** What finds a row's neighbours among rows to start from that are of its class; it remembers them. */
function createSearches(
  { rows }: FormedTable,
  classes: Int32Array | undefined,
  neighbours: number,
  most: number,
): (bases: Bases, row: number) => Int32Array {
  const random = createRandom('SMOTE-NC');
  const searches = new Map<Bases, Map<number, NeighbourSearch>>();
  return (bases, row) => {
    const own = searches.get(bases) ?? new Map<number, NeighbourSearch>();
    searches.set(bases, own);
    const code = classes?.[row] ?? 0;
    const known = own.get(code);
    if (known) return known(row);
    const alike = classes ? bases.rows.filter((each) => classes[each] === code) : bases.rows;
    const few =
      alike.length <= most
        ? alike
        : drawIndices(alike.length, most, random.fork(code)).map((k) => alike[k] as number);
    const search = remember(neighbourSearch(rows, few, neighbours));
    own.set(code, search);
    return search(row);
  };
}

function remember(search: NeighbourSearch): NeighbourSearch {
  const known = new Map<number, Int32Array>();
  return (row) => {
    const found = known.get(row) ?? search(row);
    known.set(row, found);
    return found;
  };
}

/** Cells on the way from some rows to others; a null, and a category, stays that of the first. */
function between(column: Column, from: Int32Array, to: Int32Array, places: Float64Array): Column {
  if (column.kind === 'categorical') {
    return { ...column, codes: from.map((row) => column.codes[row] as number) };
  }
  const values = Float64Array.from(from, (row, k) => {
    const [a, b] = [column.values[row] as number, column.values[to[k] as number] as number];
    return Number.isNaN(b) || a === b ? a : a + (places[k] as number) * (b - a);
  });
  return { ...column, values };
}

/** For each row the most frequent category of its neighbours. */
function mostFrequent(
  column: Extract<Column, { kind: 'categorical' }>,
  rows: Int32Array,
  neighbours: readonly Int32Array[],
): Column {
  const codes = Int32Array.from(rows, (row, k) =>
    commonest(column.codes, row, neighbours[k] as Int32Array),
  );
  return { ...column, codes };
}

/** The most frequent code of some rows, of equals the closest row's; without rows a row's own. */
function commonest(codes: Int32Array, own: number, rows: Int32Array): number {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const code = codes[row] as number;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let best = codes[own] as number;
  let most = 0;
  for (const [code, count] of counts) {
    if (count <= most) continue;
    [best, most] = [code, count];
  }
  return best;
}
