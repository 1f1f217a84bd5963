import type { RecordBatch, Schema } from 'apache-arrow';
import { rebindBatch } from '../data/batches/batch.js';
import { type BatchSource, toBatches } from '../data/batches/batch-source.js';
import { emptyBatch } from '../data/batches/interleave.js';
import { ofOneSchema } from '../data/schema/one-schema.js';
import { InvalidOptionError, SchemaError } from '../errors.js';
import { checkTranslateOption } from '../gan/families/translate-option.js';
import type { Model } from '../gan/model/model.js';
import { checkSamplingTarget, findSamplingTarget } from '../gan/sampling/sampling-target.js';
import {
  assertTranslatable,
  directModel,
  isTranslating,
  type Translation,
  translationOf,
} from '../gan/sampling/translation.js';
import { openTranslator } from '../gan/sampling/translator.js';
import { checkOption, checkOptions } from '../options/check.js';
import { abortable, untilAborted } from '../threads/abortable.js';
import { closeOnAbort } from '../threads/close-on-abort.js';
import { closeable } from '../threads/closeable.js';
import { resolveModel } from './find-model.js';
import { deferFailure, type ModelSource, modelOption } from './options/model-source.js';
import { type TranslateOptions, translateOptions } from './options/translate.js';
import { eligibleRows } from './plan/eligible-rows.js';
import { withProvenance } from './provenance/provenance.js';

/** Rows that are translated at once: their tensors are in memory several times. */
const piece = 256;

/**
 * Synthetic rows alone, each made from a row of the source: all of it stays but the tensor that the
 * model makes anew. Rows that have no tensor to read, or are of another domain, are left out.
 *
 * @param model A model that translates, the directory of a saved one, or what gives one.
 * @throws InvalidOptionError at once for options that cannot be used; from the iteration for a model
 * that makes rows from noise; SchemaError for a source without its columns; what `loadModel` throws.
 */
export function translateBatches(
  model: ModelSource,
  source: BatchSource,
  options: TranslateOptions = {},
): AsyncIterable<RecordBatch> {
  checkOption(modelOption, model, 'model');
  checkOptions(translateOptions, options);
  checkTranslateOption(options.translate, 'translate');
  checkSamplingTarget(options);
  deferFailure(model);
  const batches = toBatches(source);
  return closeable((signal) => translateAll(model, batches, options, signal), options.signal);
}

async function* translateAll(
  model: ModelSource,
  source: AsyncIterable<RecordBatch>,
  options: TranslateOptions,
  signal: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  const input = ofOneSchema(abortable(closeOnAbort(source, signal), signal));
  try {
    const first = await input.next();
    if (first.done)
      throw new SchemaError('there is nothing to translate: the source has no batches');
    const { schema } = first.value;
    const saved = await untilAborted(resolveModel(model, signal), signal);
    if (!isTranslating(saved)) throw makesFromNoise(saved);
    assertTranslatable(saved, schema, 'the model');
    const found = directModel(saved, options.translate);
    const translation = translationOf(found, options.translate) as Translation;
    const each = { model: found, translation, schema, options };
    yield* translateInput(each, withFirst(first.value, input), signal);
  } finally {
    await input.return();
  }
}

async function* withFirst(first: RecordBatch, rest: AsyncIterable<RecordBatch>) {
  yield first;
  yield* rest;
}

interface TranslationTask {
  readonly model: Model;
  readonly translation: Translation;
  readonly schema: Schema;
  readonly options: TranslateOptions;
}

async function* translateInput(
  { model, translation, schema, options }: TranslationTask,
  input: AsyncIterable<RecordBatch>,
  signal: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  const { rows: most = Number.POSITIVE_INFINITY, seed = 0, partition = 0 } = options;
  const output = withProvenance(schema, model, { ratio: 1, seed, partition });
  const eligible = eligibleRows(schema, translation);
  const place = await findSamplingTarget(options);
  const translator = await openTranslator(model, { seed, partition }, place);
  let made = 0;
  try {
    for await (const batch of input) {
      const marks = eligible(batch);
      const places = [...marks.keys()].filter((row) => marks[row] === 1).slice(0, most - made);
      for (let start = 0; start < places.length; start += piece) {
        signal.throwIfAborted();
        const some = places.slice(start, start + piece);
        const rows = await untilAborted(translator.translate(batch, some), signal);
        yield rebindBatch(output, rows);
        made += some.length;
      }
      if (made >= most) break;
    }
    // The schema is to be known.
    if (made === 0) yield emptyBatch(output);
  } finally {
    await translator.dispose();
  }
}

function makesFromNoise({ manifest }: Model): InvalidOptionError {
  return new InvalidOptionError(
    `the model makes rows from noise, and takes no source: its recipe is '${manifest.recipe.name}'. Use ` +
      'sampleBatches',
  );
}
