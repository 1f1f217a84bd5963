import { Buffer } from 'node:buffer';
import { type RecordBatch, Schema } from 'apache-arrow';
import { fingerprintRows } from '../../data/content/fingerprint.js';
import { schemaMessage } from '../../data/ipc/schema-message.js';
import { wireSchema } from '../../data/schema/wire-schema.js';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { summarizeColumns } from '../../encode/summary/column-summary.js';
import { createRandom, describeSeed } from '../../random.js';
import { version } from '../../version.js';
import type { Schedule } from '../families/family.js';
import { assertTargetExists, chooseRecipe } from '../families/recipes.js';
import {
  formatVersion,
  type Manifest,
  manifestFormat,
  stringifyManifest,
} from '../model/manifest.js';
import { type Model, sha256 } from '../model/model.js';
import { rowsAtOnce } from '../model/rows-at-once.js';
import { meetConditions } from '../sampling/meet-conditions.js';
import { openCheckpoints } from '../training/checkpoint-file.js';
import { openPictures } from '../training/pictures/pictures.js';
import { train } from '../training/train.js';
import type { ResolvedFitOptions } from './options.js';

/** Looks that found nothing better, of 24 at most. */
const defaultPatience = 8;

const generatorFile = 'generator.onnx';

/**
 * `fitModel` on this thread, with options that have been checked: inference, encoding, compiling,
 * training and export.
 */
export async function trainModel(
  schema: Schema,
  batches: readonly RecordBatch[],
  options: ResolvedFitOptions,
): Promise<Model> {
  const { seed = 0, columns, unmodelled, target, conditions, signal, onStep, onEvent } = options;
  const { engine = 'onnx', device = 'cpu', threads = 1 } = options;
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const random = createRandom(seed);
  assertTargetExists(target, schema);
  const { name, family, recipe } = chooseRecipe(options.recipe, schema);
  const prepared = await family.prepare(recipe, {
    schema,
    batches,
    columns,
    unmodelled,
    target,
    random,
    signal,
  });
  if (conditions) {
    // Refused before any training.
    meetConditions(family.generator(recipe, prepared.encoders), conditions, schema, name);
  }
  const pictures =
    options.pictures === undefined ? undefined : await openPictures(options.pictures);
  const steps = options.steps ?? stepsFor(rows, prepared.schedule, options.epochs);
  const fingerprint = fingerprintRows(schema, batches);
  const checkpoints = await openCheckpoints(
    options,
    JSON.stringify([
      version,
      name,
      prepared.options,
      describeSeed(seed),
      target,
      columns,
      fingerprint,
      steps,
      engine,
      device,
      threads,
    ]),
  );
  const place = { engine, device, threads };
  let made = steps;
  const trained = await train(prepared.training, {
    ...checkpoints,
    steps,
    seconds: options.seconds,
    patience: options.patience === false ? undefined : (options.patience ?? defaultPatience),
    engine,
    device,
    threads,
    random: random.fork('train'),
    signal,
    onStep(step) {
      pictures?.onStep(step);
      onStep?.(step);
    },
    onEvent(event) {
      if (event.type === 'done') made = event.step;
      pictures?.onEvent(event);
      onEvent?.(event);
    },
    async onCheckpoint(checkpoint) {
      if (checkpoints.onCheckpoint) {
        await checkpoints.onCheckpoint(checkpoint);
        onEvent?.({ type: 'checkpoint', step: checkpoint.step });
      }
      await pictures?.draw(checkpoint.step, await prepared.draw?.(checkpoint.state, place));
    },
  });
  const { state, encoders } = (await prepared.finish?.(trained, random.fork('finish'), place)) ?? {
    state: trained,
    encoders: prepared.encoders,
  };
  const generator = prepared.exportGenerator(state, encoders);
  const outputs = family.generator(recipe, encoders).outputs(1);
  // Metadata of the data is no business of a model: it may say anything.
  const bare = new Schema(schema.fields);
  const manifest: Manifest = {
    format: manifestFormat,
    formatVersion,
    version,
    recipe: { name, family: family.name, options: prepared.options },
    training: {
      rows,
      steps: made,
      seed: describeSeed(seed),
      engine,
      device,
      threads,
      ...(target === undefined ? {} : { target }),
      fingerprint,
    },
    columns: describeColumns(schema, encoders),
    summary: summarizeColumns(schema, batches, encoders),
    schema: Buffer.from(schemaMessage(wireSchema(bare))).toString('base64'),
    encoders: encoders.map((encoder) => encoder.toJSON()),
    generator: { file: generatorFile, sha256: sha256(generator), rows: rowsAtOnce(outputs) },
  };
  return { id: sha256(stringifyManifest(manifest)), manifest, schema: bare, encoders, generator };
}

/** Steps in which each row is seen so many times; without a number, as often as by default. */
function stepsFor(rows: number, { batch, ...schedule }: Schedule, epochs?: number): number {
  const steps = (times: number) => Math.floor((times * rows) / batch);
  if (epochs !== undefined) return Math.max(steps(epochs), 1);
  return Math.max(schedule.minimumSteps, schedule.epochs * Math.floor(rows / batch));
}

function describeColumns(schema: Schema, encoders: readonly ColumnEncoder[]): Manifest['columns'] {
  return schema.fields.map(({ name, type, nullable }, k) => ({
    name,
    type: String(type),
    nullable,
    encoder: (encoders[k] as ColumnEncoder).kind,
  }));
}
