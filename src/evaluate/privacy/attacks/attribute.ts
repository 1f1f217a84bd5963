import type { Column, Rows } from '../../../columns/column.js';
import { countCodes } from '../../../columns/count-codes.js';
import { quantileOf } from '../../../columns/statistics.js';
import type { Random } from '../../../random.js';
import { yieldToEventLoop } from '../../../threads/abortable.js';
import { cellDistance, type Packed, packingOf, packRows } from '../gower.js';
import { bootstrap, type Measured, weightedMean } from './measured.js';

/** How often the cell of a column is guessed from the other cells of its row. */
export interface AttributeDisclosure {
  /** Name of the column. */
  readonly column: string;
  /** Share of the training rows whose cell is guessed. */
  readonly members: number;
  /** The same of held-out rows: what the links of columns tell of anyone. */
  readonly others: number;
  /** Share of the training rows that have the most frequent value, or about the median. */
  readonly baseline: number;
}

/** What synthetic rows tell of a cell to someone who knows the rest of its row. */
export interface Attributes {
  /** Each column that was guessed. */
  readonly columns: readonly AttributeDisclosure[];
  /** What is guessed more often of training rows than of held-out ones, over all of these columns. */
  readonly excess: Measured;
}

/** Columns that are guessed, at most: of more, evenly spread ones. */
const mostColumns = 10;

/** Rows that are guessed before events have their turn. */
const pieceRows = 50;

/** How near a guessed number must be, as a share of the range of the synthetic column. */
const tolerance = 0.05;

/**
 * Guesses cells by the synthetic row that is nearest in all other columns, as someone could who knows
 * all else of a person. A category or null is right where it is equal, a number within 5 % of the
 * range. What is guessed of training rows and not of others is disclosed, not learned.
 *
 * Source: Giomi et al. 2023, A Unified Framework for Quantifying Privacy Risk in Synthetic Data.
 */
export async function discloseAttributes(
  members: Rows,
  others: Rows,
  synthetic: Rows,
  random: Random,
  signal?: AbortSignal,
): Promise<Attributes> {
  const guessed = evenly(synthetic.columns.length, mostColumns);
  const packing = packingOf(synthetic, synthetic);
  const places = guessed.map((column) => packing.order.indexOf(column));
  const reference = packRows(synthetic, packing);
  const own = packRows(members, packing);
  const hits = await guessCells(own, reference, places, signal);
  const hitsOfOthers = await guessCells(packRows(others, packing), reference, places, signal);
  const columns = places.map((place, k): AttributeDisclosure => {
    const { name } = synthetic.columns[guessed[k] as number] as Column;
    const common = commonCell(cellsOf(reference, place), place < reference.categories);
    const isCategory = place < reference.categories;
    return {
      column: name,
      members: weightedMean(hits[k] as Uint8Array),
      others: weightedMean(hitsOfOthers[k] as Uint8Array),
      baseline: weightedMean(cellsOf(own, place).map((cell) => +isRight(cell, common, isCategory))),
    };
  });
  const [first, second] = [meansOfRows(hits), meansOfRows(hitsOfOthers)];
  const excess = bootstrap(
    [members.length, others.length],
    ([a, b] = []) => weightedMean(first, a) - weightedMean(second, b),
    random,
  );
  return { columns, excess };
}

/** At most so many numbers below `count`, evenly spread. */
function evenly(count: number, most: number): number[] {
  const chosen = Math.min(count, most);
  return Array.from({ length: chosen }, (_, k) => Math.floor((k * count) / chosen));
}

/** For each place a byte a row: whether the cell of the row nearest in all other columns is right. */
async function guessCells(
  rows: Packed,
  reference: Packed,
  places: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Uint8Array[]> {
  const { cells, width, categories } = reference;
  const count = rows.cells.length / width;
  const hits = places.map(() => new Uint8Array(count));
  const own = new Float64Array(width);
  const apart = new Float64Array(width);
  const best = new Float64Array(places.length);
  const nearest = new Int32Array(places.length);
  for (let row = 0; row < count; row++) {
    if (row % pieceRows === 0) await yieldToEventLoop(signal);
    own.set(rows.cells.subarray(row * width, (row + 1) * width));
    best.fill(Number.POSITIVE_INFINITY);
    for (let other = 0; other < cells.length; other += width) {
      const sum = compare(own, cells, other, categories, apart);
      for (let k = 0; k < places.length; k++) {
        const rest = sum - (apart[places[k] as number] as number);
        if (rest >= (best[k] as number)) continue;
        best[k] = rest;
        nearest[k] = other;
      }
    }
    for (const [k, place] of places.entries()) {
      const guess = cells[(nearest[k] as number) + place] as number;
      (hits[k] as Uint8Array)[row] = +isRight(own[place] as number, guess, place < categories);
    }
  }
  return hits;
}

/** The distance of each cell into `apart`. @returns Their sum. */
function compare(
  own: Float64Array,
  cells: Float64Array,
  other: number,
  categories: number,
  apart: Float64Array,
): number {
  let sum = 0;
  for (let k = 0; k < own.length; k++) {
    const [a, b] = [own[k] as number, cells[other + k] as number];
    const distance = k < categories ? +(a !== b) : cellDistance(a, b);
    apart[k] = distance;
    sum += distance;
  }
  return sum;
}

function isRight(cell: number, guess: number, isCategory: boolean): boolean {
  return isCategory ? cell === guess : cellDistance(cell, guess) <= tolerance;
}

function cellsOf({ cells, width }: Packed, place: number): Float64Array {
  return Float64Array.from(
    { length: cells.length / width },
    (_, row) => cells[row * width + place] as number,
  );
}

/** The most frequent category, or the median; null where nulls are most frequent. */
function commonCell(cells: Float64Array, isCategory: boolean): number {
  const known = cells.filter((cell) => !Number.isNaN(cell)).sort();
  if (!isCategory) return 2 * known.length < cells.length ? Number.NaN : quantileOf(known, 0.5);
  // Codes begin at −1, for null.
  const { counts } = countCodes(
    Int32Array.from(known, (code) => code + 1),
    (known.at(-1) ?? 0) + 2,
  );
  return counts.indexOf(Math.max(...counts)) - 1;
}

/** The share of the columns that are right, of each row. */
function meansOfRows(hits: readonly Uint8Array[]): Float64Array {
  return Float64Array.from(hits[0] ?? [], (_, row) =>
    weightedMean(hits.map((own) => own[row] as number)),
  );
}
