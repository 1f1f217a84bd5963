import type { Field, Schema, Vector } from 'apache-arrow';
import type { Image } from '../../../data/images/image.js';
import type { TensorEncoder } from '../../../encode/tensor/encoder.js';
import type { ShapeOf } from '../../../options/option.js';
import type { TensorFeatures } from '../../features/tensor-features.js';
import type { TrainingData } from '../family.js';
import type { TensorRecipe } from './recipe.js';

/** A table that has a column of tensors. */
export type TensorTable = Pick<TrainingData, 'schema' | 'batches' | 'columns' | 'target'>;

/** What GANs for images, sounds and videos differ in, besides networks. */
export interface TensorKind<
  Recipe extends TensorRecipe = TensorRecipe,
  Name extends string = string,
> {
  /** Name of the family in saved models. */
  readonly name: Exclude<TensorEncoder['kind'], 'label-map'>;
  readonly recipes: Readonly<Record<Name, Recipe>>;
  /** The recipe for tables that the kind suits. */
  readonly defaultRecipe: Name;
  /** Options that its recipes have besides those of all tensors. */
  readonly options: ShapeOf<Omit<Recipe, keyof TensorRecipe>>;
  /** Whether a table is one of the kind if nobody says so. */
  suits(schema: Schema): boolean;
  /** What a row is, and several of them, for messages: ['image', 'images']. */
  readonly nouns: readonly [one: string, many: string];
  /** What columns of the kind look like, for messages. */
  readonly looks: string;
  /** Columns of a table that hold tensors of the kind. */
  columns(table: TensorTable): readonly Field[];
  /** Fits an encoder to a column, whose values are made where at least `leastRows` rows have them. */
  fit(field: Field, sample: Vector, recipe: Recipe, leastRows: number): TensorEncoder;
  /** What networks are told of the tensors' shape besides it: its dimensions by their names. */
  dimensions(shape: readonly number[]): object;
  /** What tensors are compared by while a generator trains. */
  features(encoder: TensorEncoder): TensorFeatures;
  /** Tensors [rows, ...shape] that a generator made as one picture; undefined if they cannot be seen. */
  draw(encoder: TensorEncoder, values: Float32Array, columns: number): Image | undefined;
  /** What of a recipe is wrong for this kind alone; undefined if nothing is. */
  problem?(recipe: Recipe): string | undefined;
}
