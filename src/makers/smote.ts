import { type Column, columnNamed, type Rows } from '../columns/column.js';
import type { RowsInput } from '../columns/read.js';
import { drawIndices } from '../columns/select.js';
import { DataError, SchemaError } from '../errors.js';
import { checkOptions } from '../options/check.js';
import { object } from '../options/composed.js';
import { text, wholeNumber } from '../options/values.js';
import { createRandom, type Random } from '../random.js';
import { type NeighbourSearch, neighbourSearch } from './neighbours.js';
import type { RowMaker } from './row-maker.js';
import { fitTableCodec } from './table-codec.js';

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
  const { target, only, neighbours = 5, candidates = 5_000 } = options;
  const codec = fitTableCodec(real);
  const { rows } = codec;
  const classes = classesOf(rows, target);
  const random = createRandom('SMOTE-NC');
  const searches = new Map<number, NeighbourSearch>();
  for (const [code, own] of classes.members) {
    const few = own.length <= candidates ? own : pick(own, candidates, random.fork(code));
    searches.set(code, neighbourSearch(rows, few, neighbours));
  }
  const bases = basesOf(classes, target, only);
  return {
    name: 'SMOTE-NC',
    sample(count, seed) {
      const own = createRandom(seed).fork('SMOTE-NC');
      const chosen = Int32Array.from(
        { length: count },
        () => bases[own.integer(bases.length)] as number,
      );
      const found = Array.from(
        chosen,
        (row) => searches.get(classes.of(row))?.(row) ?? new Int32Array(0),
      );
      const places = Float64Array.from({ length: count }, () => own.uniform());
      const toward = Int32Array.from(found, (near, k) =>
        near.length === 0 ? (chosen[k] as number) : (near[own.integer(near.length)] as number),
      );
      const columns = rows.columns.map((column) =>
        column.kind === 'categorical' && column.name !== target
          ? {
              ...column,
              codes: Int32Array.from(chosen, (row, k) =>
                commonest(column.codes, row, found[k] as Int32Array),
              ),
            }
          : between(column, chosen, toward, places),
      );
      return codec.build({ length: count, columns }, own);
    },
  };
}

interface Classes {
  readonly members: ReadonlyMap<number, Int32Array>;
  readonly of: (row: number) => number;
  readonly levels: readonly string[];
}

function classesOf(rows: Rows, target: string | undefined): Classes {
  const all = Int32Array.from({ length: rows.length }, (_, row) => row);
  if (target === undefined) return { members: new Map([[0, all]]), of: () => 0, levels: [] };
  const known = rows.columns.some(({ name }) => name === target);
  const column = known ? columnNamed(rows, target) : undefined;
  if (column?.kind !== 'categorical') {
    throw new SchemaError(
      `target is not a column of classes: '${target}'. Name one, or leave it out`,
    );
  }
  const of = (row: number) => column.codes[row] as number;
  const lists = new Map<number, number[]>();
  for (const row of all) {
    const own = lists.get(of(row));
    if (own) own.push(row);
    else lists.set(of(row), [row]);
  }
  const members = new Map([...lists].map(([code, own]) => [code, Int32Array.from(own)]));
  return { members, of, levels: column.levels };
}

/** The rows that new ones start from. */
function basesOf({ members, levels }: Classes, target?: string, only?: string): Int32Array {
  if (only === undefined) return Int32Array.from([...members.values()].flatMap((own) => [...own]));
  const own = members.get(levels.indexOf(only));
  if (target !== undefined && own && own.length > 1) return own;
  throw new DataError(
    `column '${target}' has too few rows of '${only}' to lie between: ${own?.length ?? 0}. ` +
      'Give at least two',
  );
}

function pick(rows: Int32Array, count: number, random: Random): Int32Array {
  return drawIndices(rows.length, count, random).map((k) => rows[k] as number);
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
