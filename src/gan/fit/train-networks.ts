import { fingerprintRows } from '../../data/content/fingerprint.js';
import { describeSeed } from '../../random.js';
import { version } from '../../version.js';
import { splitConditions } from '../conditions/ranges.js';
import type { NetworkFamily, Schedule } from '../families/family.js';
import { rowsAtOnce } from '../model/rows-at-once.js';
import { meetConditions } from '../sampling/meet-conditions.js';
import { openCheckpoints } from '../training/checkpoint-file.js';
import { openPictures } from '../training/pictures/pictures.js';
import { train } from '../training/train.js';
import type { FittedModel, ToFit } from './fitted-model.js';
import { stringifyOptions } from './options.js';

/** Looks that found nothing better, of 24 at most. */
const defaultPatience = 8;

/** Trains the networks of a recipe: encoding, compiling, training and export. */
export async function trainNetworks(
  family: NetworkFamily,
  { name, recipe, data, table, given, batches, options, onEncoders }: ToFit,
): Promise<FittedModel> {
  const { seed = 0, columns, target, conditions, signal, onStep, onEvent } = options;
  const { engine = 'onnx', device = 'cpu', threads = 1 } = options;
  const { random } = data;
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  const prepared = await family.prepare(recipe, data);
  onEncoders(prepared.encoders);
  // Refused before any training.
  const { values } = splitConditions(conditions, table, prepared.encoders);
  if (values) {
    const generator = family.generator(recipe, prepared.encoders);
    meetConditions(generator, values, data.schema, name, table);
  }
  const pictures =
    options.pictures === undefined ? undefined : await openPictures(options.pictures);
  const { privacy } = prepared;
  const steps =
    privacy?.steps ?? options.steps ?? stepsFor(rows, prepared.schedule, options.epochs);
  const fingerprint = fingerprintRows(given.schema, given.batches);
  const checkpoints = await openCheckpoints(
    options,
    stringifyOptions([
      version,
      name,
      prepared.options,
      describeSeed(seed),
      target,
      columns,
      options.rules,
      data.leastRows,
      options.translate,
      // The secret of a promise too: noise that is drawn by another one would be spent anew.
      options.privacy,
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
  const { outputs, translation } = family.generator(recipe, encoders);
  const reverse = prepared.exportReverse?.(state);
  return {
    encoders,
    options: prepared.options,
    steps: made,
    privacy: privacy && { spent: privacy.spent(made), rows: privacy.rows },
    place,
    file: {
      name: 'generator.onnx',
      bytes: prepared.exportGenerator(state, encoders),
      rows: translation ? 1 : rowsAtOnce(outputs(1)),
    },
    ...(reverse && { reverse: { name: 'reverse.onnx', bytes: reverse } }),
  };
}

/** Steps in which each row is seen so many times; without a number, as often as by default. */
function stepsFor(rows: number, { batch, ...schedule }: Schedule, epochs?: number): number {
  const steps = (times: number) => Math.floor((times * rows) / batch);
  if (epochs !== undefined) return Math.max(steps(epochs), 1);
  return Math.max(schedule.minimumSteps, schedule.epochs * Math.floor(rows / batch));
}
