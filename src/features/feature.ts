import type { Data, Field } from 'apache-arrow';

/** Numbers of tensors as they are trained on: int32 of indices, float32 of all else. */
export type DenseValues = Float32Array | Int32Array;

/** Some numbers of a row, which lie together. */
export interface FeaturePart {
  /** Shape of one row's numbers: [3] of three places, [28, 28, 1] of an image. */
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /** Whether it is an input of its own; others of a table lie side by side in one. */
  readonly isOwnInput: boolean;
  /** What each number says, where that has a name: 'island=Biscoe', 'mass is null'. */
  readonly labels?: readonly string[];
}

/** Writes the numbers of a row at a place of an array. */
export type WriteCell = (row: number, into: DenseValues, at: number) => void;

/** A fitted column: immutable, and saved as `json`. */
export interface Feature<JSON extends FeatureJSON = FeatureJSON> {
  readonly json: JSON;
  readonly parts: readonly FeaturePart[];
  /**
   * Opens the cells of a column: one writer for each part.
   *
   * @throws SchemaError where the column is of another kind than it was fitted on; from the writers:
   * DataError for a null where none was before.
   */
  open(field: Field, data: Data): OpenedFeature;
}

/** The cells of a column, to be written row by row. */
export interface OpenedFeature {
  readonly write: readonly WriteCell[];
  /** Whether a row is neither null nor of a level that has no place. */
  isKnown(row: number): boolean;
  /** A cell that is not known, in words. Default: null. */
  show?(row: number): string;
}

/** What a fitted column is saved as. */
export type FeatureJSON = NumberJSON | LevelsJSON | TensorJSON;

/** A column of numbers: (value − centre) / scale. */
export interface NumberJSON {
  /** Its name. */
  readonly column: string;
  /** What it becomes. */
  readonly as: 'number';
  /** What the numbers are: seconds of dates and times. */
  readonly holds: 'numbers' | 'times';
  /** What is taken off. */
  readonly centre: number;
  /** What is then divided by. */
  readonly scale: number;
  /** Whether another number says that it is null. */
  readonly nullable: boolean;
}

/** A column of levels: one place for each, then one for unseen ones, then one for null. */
export interface LevelsJSON {
  /** Its name. */
  readonly column: string;
  /** What it becomes. */
  readonly as: 'onehot' | 'index';
  /** As people write them, by falling frequency. */
  readonly levels: readonly string[];
  /** Whether there is a place for unseen levels; classes of a target have none. */
  readonly unseen: boolean;
  /** Whether there is a place for null. */
  readonly nullable: boolean;
}

/** A column of tensors: (value − centre) / scale of each of their numbers. */
export interface TensorJSON {
  /** Its name. */
  readonly column: string;
  /** What it becomes. */
  readonly as: 'tensor';
  /** Of each tensor. */
  readonly shape: readonly number[];
  /** What is taken off. */
  readonly centre: number;
  /** What is then divided by. */
  readonly scale: number;
  /** Whether a number among the table's says that it is null. */
  readonly nullable: boolean;
}

/** Takes in fitted rows of a column, and says in the end what was found. */
export interface FeatureFitter {
  /** @param isReal Whether a row is one to learn from. */
  add(data: Data, isReal: (row: number) => boolean): void;
  finish(): Feature;
}
