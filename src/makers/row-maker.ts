import type { RecordBatch } from 'apache-arrow';
import { createRandom, type Random, type Seed } from '../random.js';

/** A maker of synthetic rows that has been fitted to real ones: what a GAN is compared with. */
export interface RowMaker {
  /** 'bootstrap', 'gaussian copula' or 'SMOTE-NC'. */
  readonly name: string;
  /** So many rows, with the real rows' own schema object. The same seed gives the same rows. */
  sample(rows: number, seed: Seed): RecordBatch;
}

/** Cells that the rows of a draw are to have in one column. */
export interface WantedColumn {
  /** Place of the column in the schema. */
  readonly column: number;
  /** Exact texts of the values (see `readTexts`); null for null. */
  readonly levels: readonly (string | null)[];
  /** For each row a place in `levels`. */
  readonly codes: Int32Array;
}

/** Drawn rows, and how many of them began as rows that have all wanted cells. */
export interface DrawnBatch {
  readonly batch: RecordBatch;
  readonly hits: number;
}

/** Draws rows, all of which have the wanted cells; what it draws depends on its arguments alone. */
export type DrawRows = (
  rows: number,
  random: Random,
  wanted?: readonly WantedColumn[],
) => DrawnBatch;

/** A maker that draws rows without conditions, by a stream of its own for each seed. */
export function makerOf(name: string, draw: DrawRows, wanted?: WantedFor): RowMaker {
  return {
    name,
    sample: (rows, seed) => draw(rows, createRandom(seed).fork(name), wanted?.(rows)).batch,
  };
}

/** The wanted cells of so many rows. */
export type WantedFor = (rows: number) => readonly WantedColumn[];
