import type { ImageShape } from '../encode/image/layout.js';

/** A column whose cells can be ordered and subtracted; NaN where null, or not a number. */
export interface NumericColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
  /** Dates, times and the like: `values` count the type's unit from an origin of the comparison. */
  readonly temporal: boolean;
}

/** A column of names; `codes` point into `levels`, and are −1 where null. */
export interface CategoricalColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly codes: Int32Array;
  /** Texts of the levels, shared by all tables that were read together. */
  readonly levels: readonly string[];
}

export type Column = NumericColumn | CategoricalColumn;

/** A column of images, one a row; they are read when they are looked at. */
export interface ImageColumn {
  readonly name: string;
  readonly shape: ImageShape;
  /** A row's image, [height, width, channels] of numbers in about [−1, 1], into `target` from `to`; 0 where null. */
  fill(row: number, target: Float32Array, to: number): void;
}

/** What rows hold besides their columns where each is a sequence. */
export interface Sequences {
  /** Row k has the steps from `offsets[k]` to `offsets[k + 1]`: [rows + 1]. */
  readonly offsets: Int32Array;
  /** A column for each series, with a cell for each step of all rows. */
  readonly steps: readonly Column[];
}

/** Rows as columns that can be compared. Tables read together have the same columns in order. */
export interface Rows {
  readonly length: number;
  readonly columns: readonly Column[];
  readonly images?: ImageColumn | undefined;
  /** Columns whose texts are compared as such, and not as levels; none where there are none. */
  readonly texts?: readonly CategoricalColumn[] | undefined;
  /** The steps of rows that are sequences, whose columns are attributes; none where there are none. */
  readonly sequences?: Sequences | undefined;
}

/** The column of a name, of rows that are known to have it. */
export function columnNamed({ columns }: Rows, name: string): Column {
  const column = columns.find((one) => one.name === name);
  if (!column) throw new TypeError(`no column '${name}'`);
  return column;
}

/** The images of rows that are known to have some, and how many. */
export function imagesOf({ images, length }: Rows): ImageColumn & { readonly count: number } {
  if (!images) throw new TypeError('there are no images to look at');
  return { ...images, count: length };
}

/** The same rows without a column. */
export function withoutColumn(rows: Rows, name: string): Rows {
  return { ...rows, columns: rows.columns.filter((column) => column.name !== name) };
}

/** How many cells are null. */
export function countNulls(column: Column): number {
  if (column.kind === 'categorical') return column.codes.reduce((n, code) => n + +(code < 0), 0);
  return column.values.reduce((n, value) => n + +Number.isNaN(value), 0);
}
