import type { Data, RecordBatch, Schema, Vector } from 'apache-arrow';
import type { ExecutionTarget } from '../../compute/engines/options.js';
import type { Feed } from '../../compute/program.js';
import type { HostTensors, TensorSpecs } from '../../compute/tensor.js';
import type { Image } from '../../data/images/image.js';
import type { TextOptions } from '../../encode/columns/markov.js';
import type { ColumnEncoder } from '../../encode/encoder.js';
import type { ColumnOptions } from '../../encode/infer.js';
import type { TensorRows } from '../../encode/tensor/encoder.js';
import type { UnmodelledChoice } from '../../encode/unmodelled.js';
import type { DrawRows } from '../../makers/row-maker.js';
import type { StepInputs } from '../../nn/step-inputs.js';
import type { PrivacySpent, PrivacyTarget } from '../../privacy/budget.js';
import type { SecretRandom } from '../../privacy/secret-random.js';
import type { Random } from '../../random.js';
import type { RatioValues } from '../conditions/options.js';
import type { RuledTable } from '../conditions/resolve.js';
import type { Training } from '../training/train.js';
import type { HeldData } from './held-data.js';
import type { TranslateOption } from './translate-option.js';

/**
 * What the recipes for one kind of data have in common: GANs, or makers of rows without a network.
 *
 * The training loop, the saved model and the sampler are the same for all families; they know of a
 * recipe no more than what stands here. A family is added by a folder and one line of the registry.
 */
export type Family<Recipe extends object = object> =
  | NetworkFamily<Recipe>
  | UntrainedFamily<Recipe>
  | DirectFamily<Recipe>;

/** What is the same of every family. */
interface AnyFamily<Recipe extends object> {
  /** Its name in saved models. */
  readonly name: string;
  /** Whether its rows are cells of a table, which may have rules. */
  readonly hasRules?: boolean;
  /** Whether it promises privacy, and trains in no other way. */
  readonly isPrivate?: boolean;
  /**
   * Whether its rows are real ones with a tensor made anew: from the other tensor of a pair, or from
   * the same of another domain. By default rows are made from noise.
   */
  readonly translates?: 'pairs' | 'domains';
  /** Its recipes by name. */
  readonly recipes: Readonly<Record<string, Recipe>>;
  /** Name of the recipe for tables of such columns by default; undefined if they are not of its kind. */
  defaultRecipe(schema: Schema): string | undefined;
  /**
   * Checks a recipe: for training all of it; for sampling, from a saved model, what that needs.
   *
   * @throws InvalidOptionError that names the option and the remedy.
   */
  parse(recipe: object, use: RecipeUse): Recipe;
  /** Whether these encoders of a saved model are of columns that the family can make. */
  canRead(encoders: readonly ColumnEncoder[]): boolean;
}

/** A family whose rows a trained network makes. */
export interface NetworkFamily<Recipe extends object = object> extends AnyFamily<Recipe> {
  /** Fits encoders, encodes the rows, and makes networks ready to be trained on them. */
  prepare(recipe: Recipe, data: TrainingData): Promise<TrainingPlan>;
  /** How the recipe's exported generator is fed, and how what it gives is read. */
  generator(recipe: Recipe, encoders: readonly ColumnEncoder[]): GeneratorSpec;
}

/** A family whose generator is computed from statistics of the rows: it is run as a network is. */
export interface UntrainedFamily<Recipe extends object = object> extends AnyFamily<Recipe> {
  /** Fits encoders and statistics, and exports the generator; nothing is trained. */
  fit(recipe: Recipe, data: TrainingData): Promise<FittedRows>;
  /** How the generator is fed, and how what it gives is read. */
  generator(recipe: Recipe, encoders: readonly ColumnEncoder[]): GeneratorSpec;
}

/** A family whose rows are made without a network, from what its model's file holds. */
export interface DirectFamily<Recipe extends object = object> extends AnyFamily<Recipe> {
  /** What of the training rows lies in the file. */
  readonly holds: HeldData;
  /** Fits encoders and the maker; nothing is trained. */
  fit(recipe: Recipe, data: TrainingData): Promise<FittedRows>;
  /**
   * Reads the file of a fitted maker.
   *
   * @param schema That of the columns that are learned; drawn batches have it as theirs.
   * @throws ModelError for a file that is damaged, or of another table.
   */
  open(
    recipe: Recipe,
    file: Uint8Array,
    schema: Schema,
    encoders: readonly ColumnEncoder[],
  ): Promise<DrawRows>;
}

/** A maker that has been fitted without training. */
export interface FittedRows {
  /** One for each column. */
  readonly encoders: readonly ColumnEncoder[];
  /** The recipe as plain data, for the saved model. */
  readonly options: object;
  /** The file that rows are made from. */
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
}

/** Whether a family trains networks. */
export function isTrained(family: Family): family is NetworkFamily {
  return 'prepare' in family;
}

/** Whether a family makes rows without a network. */
export function isDirect(family: Family): family is DirectFamily {
  return 'open' in family;
}

/** What a recipe is checked for. */
export type RecipeUse = 'training' | 'sampling';

/** The rows that a model is trained on. */
export interface TrainingData {
  readonly schema: Schema;
  readonly batches: readonly RecordBatch[];
  /** What the user says of columns. */
  readonly columns?: Readonly<Record<string, ColumnOptions>> | undefined;
  /** What becomes of columns that cannot be learned. */
  readonly unmodelled?: UnmodelledChoice | undefined;
  /** Rows that a value needs to be made and saved; 1 where each is. */
  readonly leastRows?: number | undefined;
  /** How columns of texts are fitted. */
  readonly texts?: TextOptions | undefined;
  /** What is to be promised; undefined where nothing is. Families that cannot are never given it. */
  readonly privacy?: PrivacyRequest | undefined;
  /** The column of labels, if the user names one; it exists. */
  readonly target?: string | undefined;
  /** What is made anew of a row, for families that translate: the columns are these alone. */
  readonly translate?: TranslateOption | undefined;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
}

/** Differential privacy that is to be promised of a training. */
export interface PrivacyRequest extends PrivacyTarget {
  /** What rows are sampled and noise is drawn by. */
  readonly random: SecretRandom;
  /** Steps, or times that each row is seen; undefined for the recipe's. */
  readonly steps?: number | undefined;
  readonly epochs?: number | undefined;
}

/** A promise that a training keeps. */
export interface PrivacyPromise {
  /** Steps that are paid for: their number does not depend on the rows. */
  readonly steps: number;
  /** About how many rows there are. */
  readonly rows: number;
  /** What is spent after so many steps. */
  spent(steps: number): PrivacySpent;
}

/** What is trained, and what becomes of it. */
export interface TrainingPlan {
  /** One for each column. */
  readonly encoders: readonly ColumnEncoder[];
  readonly training: Training;
  /** Real rows that one step sees, and how often it sees each by default. */
  readonly schedule: Schedule;
  /** The privacy that is promised; none by default. */
  readonly privacy?: PrivacyPromise;
  /** The recipe as plain data, for the saved model. */
  readonly options: object;
  /** What is made better after the training: encoders and the generator's weights. */
  finish?(state: HostTensors, random: Random, target: Partial<ExecutionTarget>): Promise<Finished>;
  /** What a state makes; undefined where it cannot be seen: the same every time but for the state. */
  draw?(state: HostTensors, target: Partial<ExecutionTarget>): Promise<Image | undefined>;
  /**
   * The trained generator as an ONNX file.
   *
   * @param encoders The ones of the finished model.
   */
  exportGenerator(state: HostTensors, encoders: readonly ColumnEncoder[]): Uint8Array;
  /** The generator that translates the other way, where there is one. */
  exportReverse?(state: HostTensors): Uint8Array;
}

/** A state after the training, and the encoders that go with it. */
export interface Finished {
  readonly state: HostTensors;
  readonly encoders: readonly ColumnEncoder[];
}

export interface Schedule {
  readonly batch: number;
  /** Times that each row is seen by default. */
  readonly epochs: number;
  /** Steps by default, at least. */
  readonly minimumSteps: number;
}

/** How a generator is fed, and how what it gives is read. */
export interface GeneratorSpec {
  /** What it is fed to make `rows` rows; `anyBatch` stands for any number. */
  inputs(rows: number): StepInputs;
  outputs(rows: number): TensorSpecs;
  /** Fills the inputs that are not noise. */
  fillData(feed: Feed, random: Random): void;
  /** What it was fed and gave for `rows` rows as a batch that has `schema` itself as its schema. */
  decode(run: GeneratorRun, schema: Schema, rows: number, random: Random): RecordBatch;
  /** How rows are made from real ones, of families that translate. */
  readonly translation?: RowTranslation;
  /**
   * How batches are made that meet conditions, and how many of their rows do so by themselves.
   *
   * @param table The table whose columns the conditions speak of, where rules have changed it.
   * @throws InvalidOptionError for conditions that the model cannot meet.
   */
  meet?(conditions: RatioValues, schema: Schema, table?: RuledTable): SampleMatching;
}

/** How a generator makes a tensor of a real row anew. */
export interface RowTranslation {
  /** Place of the column that it reads, among the model's. */
  readonly source: number;
  /** Place of the column that it makes. */
  readonly made: number;
  /** The column that names the domain, which changes too, and its levels as texts. */
  readonly domain?: TranslatedDomain;
  /** Reads the column `source`: puts its tensors into what the generator is fed. */
  read(vector: Vector): TensorRows;
  /** What the generator gave for some rows → the column `made`. */
  write(run: GeneratorRun): Data;
}

/** The column that names a row's domain. */
export interface TranslatedDomain {
  /** Its place among the model's columns. */
  readonly place: number;
  /** The domain of rows that are translated, as text. */
  readonly from: string;
  /** The one that they are translated to. */
  readonly to: string;
  /** The column for so many translated rows. */
  write(rows: number): Data;
}

/** Name of the input that a generator which translates is fed tensors by. */
export const sourceInput = 'source';

/** What a generator was fed in one run, and what it gave. */
export interface GeneratorRun {
  readonly feed: Feed;
  readonly outputs: HostTensors;
}

/** Runs the generator once, its data filled by `fill`, or as by default. */
export type RunGenerator = (
  random: Random,
  fill?: (feed: Feed, random: Random) => void,
) => Promise<GeneratorRun>;

/** Makes a batch that meets conditions; `hits` of its rows do so by themselves. */
export type SampleMatching = (
  run: RunGenerator,
  rows: number,
  random: Random,
) => Promise<{ batch: RecordBatch; hits: number }>;
