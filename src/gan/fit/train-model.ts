import { Buffer } from 'node:buffer';
import { type RecordBatch, Schema } from 'apache-arrow';
import { fingerprintRows } from '../../data/content/fingerprint.js';
import { schemaMessage } from '../../data/ipc/schema-message.js';
import { wireSchema } from '../../data/schema/wire-schema.js';
import { columnNotes } from '../../encode/column-notes.js';
import type { ColumnEncoder } from '../../encode/encoder.js';
import { rulesOf } from '../../encode/rules/find-rules.js';
import { optionsOfRules } from '../../encode/rules/learn-combination.js';
import { learnedBatches, learnedSchema } from '../../encode/rules/learned-table.js';
import type { Rule } from '../../encode/rules/rule.js';
import { summarizeColumns } from '../../encode/summary/column-summary.js';
import { SchemaError } from '../../errors.js';
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
  const rules = family.hasRules
    ? await rulesOf(options.rules, schema, batches, fixedColumns(columns), signal)
    : [];
  const learned = learnedSchema(schema, rules);
  const prepared = await family.prepare(recipe, {
    schema: learned,
    batches: learnedBatches(schema, rules, batches, random.fork('rules')),
    columns: { ...columns, ...optionsOfRules(rules, schema) },
    unmodelled,
    target,
    random,
    signal,
  });
  checkLearned(target, schema, prepared.encoders, columnsOfRules(rules));
  if (rules.length > 0) onEvent?.({ type: 'rules', rules });
  const told = new Set([...fixedColumns(columns), ...columnsOfRules(rules)]);
  for (const note of columnNotes(schema, batches, prepared.encoders, told)) {
    onEvent?.({ type: 'column', ...note });
  }
  if (conditions) {
    // Refused before any training.
    const generator = family.generator(recipe, prepared.encoders);
    meetConditions(generator, conditions, learned, name, { schema, rules });
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
      options.rules,
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
    keep: options.keep,
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
    columns: describeColumns(schema, encoders, rules),
    summary: summarizeColumns(schema, batches, encoders, columnsOfRules(rules)),
    ...(rules.length > 0 ? { rules } : {}),
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

/** Refuses a target that nothing is learned of, before any training. @throws SchemaError */
function checkLearned(
  target: string | undefined,
  schema: Schema,
  encoders: readonly ColumnEncoder[],
  followers: ReadonlySet<string>,
): void {
  const encoder = encoders[schema.fields.findIndex(({ name }) => name === target)];
  if (target === undefined || followers.has(target) || !encoder) return;
  const why = {
    constant: 'it holds one value alone',
    null: 'it is null in every row',
    identifier: 'its values name the rows',
    unmodelled: 'columns of its type are not learned',
  }[encoder.kind];
  if (why === undefined) return;
  throw new SchemaError(
    `target names a column that cannot be learned: '${target}'. ${why[0]?.toUpperCase()}${why.slice(1)}. ` +
      'Choose another, or leave it out',
  );
}

/** Columns of which the user says how they are learned: no rule is looked for in them. */
function fixedColumns(columns: ResolvedFitOptions['columns'] = {}): string[] {
  return Object.entries(columns).flatMap(([name, { kind }]) => (kind === undefined ? [] : [name]));
}

function describeColumns(
  schema: Schema,
  encoders: readonly ColumnEncoder[],
  rules: readonly Rule[],
): Manifest['columns'] {
  const changed = columnsOfRules(rules);
  return schema.fields.map(({ name, type, nullable }, k) => {
    const { kind } = encoders[k] as ColumnEncoder;
    const encoder = kind === 'null' && changed.has(name) ? 'by a rule' : kind;
    return { name, type: String(type), nullable, encoder };
  });
}

/** Names of the columns that rules have a say in. */
function columnsOfRules(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ columns }) => columns));
}
