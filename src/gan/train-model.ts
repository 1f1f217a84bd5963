import { Buffer } from 'node:buffer';
import { type RecordBatch, Schema } from 'apache-arrow';
import { schemaMessage } from '../data/ipc/schema-message.js';
import { wireSchema } from '../data/wire-schema.js';
import type { ColumnEncoder } from '../encode/encoder.js';
import { inferEncoders } from '../encode/infer.js';
import { encodeTable, layoutOf } from '../encode/table.js';
import { SchemaError } from '../errors.js';
import { createRandom, describeSeed } from '../random.js';
import { version } from '../version.js';
import { defaultTraining, type PlacedFitOptions } from './fit.js';
import {
  formatVersion,
  type Manifest,
  manifestFormat,
  stringifyManifest,
} from './model/manifest.js';
import { type Model, sha256 } from './model/model.js';
import { describeRows, rowsMetadata } from './tabular/describe-rows.js';
import { exportGenerator } from './tabular/export.js';
import { ctgan } from './tabular/recipe.js';
import { rowShape } from './tabular/shape.js';
import { trainTabular } from './tabular/train.js';

/** Rows that are made at once: a random stream gives so many. */
const generatorRows = 256;
const generatorFile = 'generator.onnx';

/**
 * `fitModel` on this thread, with options that have been checked: inference, encoding, compiling,
 * training and export.
 */
export async function trainModel(
  schema: Schema,
  batches: readonly RecordBatch[],
  options: PlacedFitOptions,
): Promise<Model> {
  const { seed = 0, columns, unmodelled, signal, onStep } = options;
  const { engine = 'onnx', device = 'cpu', threads = 1 } = options;
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const random = createRandom(seed);
  const encoders = await inferEncoders(schema, batches, columns, { unmodelled, signal });
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
    device,
    threads,
    random: random.fork('train'),
    signal,
    onStep,
  });
  const generator = exportGenerator(recipe, rowShape(table.layout), state, {
    [rowsMetadata]: JSON.stringify(describeRows(recipe, schema, encoders)),
  });
  // Metadata of the data is no business of a model: it may say anything.
  const bare = new Schema(schema.fields);
  const manifest: Manifest = {
    format: manifestFormat,
    formatVersion,
    version,
    recipe: { name: 'ctgan', options: recipe },
    training: { rows, steps, seed: describeSeed(seed), engine, device },
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
