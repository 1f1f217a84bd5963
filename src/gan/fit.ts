import { Buffer } from 'node:buffer';
import { type RecordBatch, Schema } from 'apache-arrow';
import { type Engine, engines } from '../compute/compile.js';
import { schemaMessage } from '../data/ipc/schema-message.js';
import { wireSchema } from '../data/wire-schema.js';
import type { ColumnEncoder } from '../encode/encoder.js';
import { type ColumnOptions, inferEncoders } from '../encode/infer.js';
import { encodeTable, layoutOf } from '../encode/table.js';
import { DataError, InvalidOptionError, SchemaError } from '../errors.js';
import { checkSeed, createRandom, describeSeed, type Seed } from '../random.js';
import { version } from '../version.js';
import {
  formatVersion,
  type Manifest,
  manifestFormat,
  stringifyManifest,
} from './model/manifest.js';
import { type Model, sha256 } from './model/model.js';
import type { TrainingStep } from './progress.js';
import { ctgan } from './tabular/recipe.js';
import { exportGenerator } from './tabular/sample.js';
import { rowShape } from './tabular/shape.js';
import { trainTabular } from './tabular/train.js';

/** How a model is trained. */
export interface FitOptions {
  /** Default 0. */
  readonly seed?: Seed | undefined;
  /** Training steps. Default: 300 epochs of the rows, and at least 2,000. */
  readonly steps?: number | undefined;
  /** Default 'onnx'. */
  readonly engine?: Engine | undefined;
  /** What to do with a column, where it should not be inferred. */
  readonly columns?: Readonly<Record<string, ColumnOptions>> | undefined;
  /** Stops the training; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each step. */
  readonly onStep?: ((step: TrainingStep) => void) | undefined;
}

/** Rows that one run of an exported generator makes. */
const generatorRows = 256;
const generatorFile = 'generator.onnx';
/** Steps are these epochs of the rows, and at least so many. */
export const defaultTraining = { epochs: 300, minimumSteps: 2000 } as const;

/** Refuses options that cannot be used. */
export function checkFitOptions({ steps, engine, seed }: FitOptions): void {
  checkSeed(seed, 'fit.seed');
  if (steps !== undefined && !(Number.isSafeInteger(steps) && steps > 0)) {
    throw new InvalidOptionError(`fit.steps must be a positive whole number: ${steps}`);
  }
  if (engine !== undefined && !engines.includes(engine)) {
    throw new InvalidOptionError(`fit.engine must be one of ${engines.join(', ')}: ${engine}`);
  }
}

/**
 * Trains a GAN on the rows of some batches.
 *
 * The same rows, options and seed give the same model, bit for bit on one engine and kind of
 * machine, however the rows are cut into batches.
 *
 * @throws SchemaError when no column can be learned; DataError when there are too few rows;
 * TrainingError when the training diverges; InvalidOptionError.
 */
export async function fitModel(
  schema: Schema,
  batches: readonly RecordBatch[],
  options: FitOptions = {},
): Promise<Model> {
  checkFitOptions(options);
  const { seed = 0, engine = 'onnx', columns, signal, onStep } = options;
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  if (rows < 2) throw new DataError(`training needs at least 2 rows: ${rows}`);
  const random = createRandom(seed);
  const encoders = await inferEncoders(schema, batches, columns, signal);
  if (layoutOf(encoders).width === 0) {
    throw new SchemaError(
      `no column can be learned: ${schema.fields.map(({ name }) => name).join(', ')}. Each is ` +
        'constant, empty, an identifier or of a type that is not modelled',
    );
  }
  const table = await encodeTable(encoders, batches, random.fork('encode'), signal);
  const recipe = ctgan;
  const steps = options.steps ?? defaultSteps(rows, recipe.batch);
  const state = await trainTabular(table, recipe, {
    steps,
    engine,
    random: random.fork('train'),
    signal,
    onStep,
  });
  const generator = exportGenerator(recipe, rowShape(table.layout), state, generatorRows);
  // Metadata of the data is no business of a model: it may say anything.
  const bare = new Schema(schema.fields);
  const manifest: Manifest = {
    format: manifestFormat,
    formatVersion,
    version,
    recipe: { name: 'ctgan', options: recipe },
    training: { rows, steps, seed: describeSeed(seed), engine },
    columns: describeColumns(schema, encoders),
    schema: Buffer.from(schemaMessage(wireSchema(bare))).toString('base64'),
    encoders: encoders.map((encoder) => encoder.toJSON()),
    generator: { file: generatorFile, sha256: sha256(generator), rows: generatorRows },
  };
  return { id: sha256(stringifyManifest(manifest)), manifest, schema: bare, encoders, generator };
}

function defaultSteps(rows: number, batch: number): number {
  const { epochs, minimumSteps } = defaultTraining;
  return Math.max(minimumSteps, epochs * Math.floor(rows / batch));
}

function describeColumns(schema: Schema, encoders: readonly ColumnEncoder[]): Manifest['columns'] {
  return schema.fields.map(({ name, type, nullable }, k) => ({
    name,
    type: String(type),
    nullable,
    encoder: (encoders[k] as ColumnEncoder).kind,
  }));
}
