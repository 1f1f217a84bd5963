import type { Data, Vector } from 'apache-arrow';
import type { Random } from '../random.js';

/** One group of numbers that a column is encoded to. */
export type Span =
  /** One number in [-1, 1]: tanh in the generator. */
  | { readonly kind: 'scalar' }
  /**
   * A whole code in 0, 1, …, `width` − 1: softmax in the generator. Only categories are conditioned
   * on; `counts` says how many rows of the sample had each code.
   */
  | {
      readonly kind: 'onehot';
      readonly width: number;
      readonly role: 'category';
      readonly counts: readonly number[];
    }
  | {
      readonly kind: 'onehot';
      readonly width: number;
      readonly role: 'mode' | 'presence';
      /** About how many rows have each code, where that is known. */
      readonly counts?: readonly number[];
    };

/** Values of one span, one per row: codes (Int32Array) for 'onehot', numbers for 'scalar'. */
export type SpanValues = Float32Array | Int32Array;

/** What a fitted encoder is saved as: plain JSON, with the kind that reads it back. */
export interface EncoderJSON {
  readonly kind: string;
  readonly [key: string]: unknown;
}

/** One column as numbers, and back; fitted, and immutable. */
export interface ColumnEncoder {
  /** 'continuous', 'integer', 'decimal', 'categorical', 'boolean', 'temporal', 'nullable', … */
  readonly kind: string;
  readonly spans: readonly Span[];
  /**
   * All rows of a column → one array per span.
   *
   * `random` picks mixture components from their posterior, with one draw for each row, in order:
   * the numbers do not depend on how the rows are cut into chunks.
   */
  encode(vector: Vector, random: Random): SpanValues[];
  /** One array per span, `rows` long → an Arrow Data of the column's own type. */
  decode(spans: readonly SpanValues[], rows: number, random: Random): Data;
  /** How the column is made when the others are there, where `decode` leaves a blank for that. */
  readonly completion?: Completion;
  toJSON(): EncoderJSON;
}

/** How a column is made in rows whose other columns are there. */
export interface Completion {
  /** Name of the column whose cells it suits; undefined if it suits none. */
  readonly given: string | undefined;
  /** @param cells Those of the column `given`, if there is one. */
  make(cells: Vector | undefined, rows: number, random: Random): Data;
}
