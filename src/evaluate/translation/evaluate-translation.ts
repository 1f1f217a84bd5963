import type { RecordBatch } from 'apache-arrow';
import { drawRows, type RowsSource } from '../../columns/draw-rows.js';
import { concatenateBatches } from '../../data/batches/interleave.js';
import { DataError, InvalidOptionError } from '../../errors.js';
import type { Model } from '../../gan/model/model.js';
import { checkSamplingTarget, findSamplingTarget } from '../../gan/sampling/sampling-target.js';
import {
  assertTranslatable,
  isTranslating,
  type Translation,
  translationOf,
} from '../../gan/sampling/translation.js';
import { checkOptions } from '../../options/check.js';
import { assertGiven } from '../../options/given.js';
import { createRandom } from '../../random.js';
import { evaluateDomains } from './evaluate-domains.js';
import { evaluatePairs } from './evaluate-pairs.js';
import { type EvaluateTranslationOptions, evaluateTranslationOptions } from './options.js';
import { openTranslating } from './translating.js';
import type { TranslationEvaluation } from './translation-evaluation.js';

const defaultRows = 1000;

/**
 * Says how near a model that translates comes to the truth, on real rows that it was not trained on.
 *
 * Of pairs what is made is held against the hidden other image: mean absolute difference, peak
 * signal-to-noise ratio and structural similarity; of labels the Dice coefficient of each; with a
 * `segmenter` also whether labels can be found in the images that are made of them. Of domains translated
 * images are held against real ones of the other domain by kernel distance in features of random
 * convolutions, each direction that was learned, and against what comes back of them.
 *
 * @param holdout Real rows with the columns of the model; at most `rows` of them are drawn.
 * @throws InvalidOptionError for a model that makes rows from noise, and for a segmenter of other columns;
 * SchemaError for rows without the model's columns; DataError for fewer than 2 rows that can be compared.
 */
export async function evaluateTranslation(
  model: Model,
  holdout: RowsSource,
  options: EvaluateTranslationOptions = {},
): Promise<TranslationEvaluation> {
  checkOptions(evaluateTranslationOptions, options);
  assertGiven(model, 'model', 'a model, as loadModel gives it');
  assertGiven(holdout, 'holdout', 'record batches of held-out real rows');
  const { segmenter, rows = defaultRows, seed = 0, illustrations = true, signal } = options;
  checkSamplingTarget(options);
  const translation = checkModels(model, segmenter);
  const random = createRandom(seed).fork('evaluate translation');
  const drawn = await drawRows(holdout, rows, random, 'holdout', signal);
  const [first] = drawn.batches;
  if (!first) throw new DataError('holdout has no rows: there is nothing to translate');
  assertTranslatable(model, first.schema, 'the model');
  const held: RecordBatch = concatenateBatches(first.schema, drawn.batches);
  const place = await findSamplingTarget(options);
  const open = (own: Model) => openTranslating(own, { seed, place, signal });
  const task = { model, translation, held, illustrations, open };
  const found = translation.domain
    ? { pairs: null, ...(await evaluateDomains(task, translation.domain)) }
    : { domains: null, ...(await evaluatePairs(task, segmenter)) };
  return {
    recipe: model.manifest.recipe.name,
    translation,
    rows: { total: drawn.total, drawn: held.numRows },
    ...found,
  };
}

/** What the model translates, if it does and the segmenter suits it. @throws InvalidOptionError */
function checkModels(model: Model, segmenter: Model | undefined): Translation {
  const translation = isTranslating(model) ? translationOf(model) : undefined;
  if (!translation) {
    throw new InvalidOptionError(
      `the model makes rows from noise: its recipe is '${model.manifest.recipe.name}'. Use evaluate`,
    );
  }
  if (!segmenter) return translation;
  const back = isTranslating(segmenter) ? translationOf(segmenter) : undefined;
  const { source, made, domain } = translation;
  const [, target] = segmenter.encoders;
  const isSuited = back?.source === made && back.made === source && target?.kind === 'label-map';
  if (isSuited && !domain) return translation;
  throw new InvalidOptionError(
    `the segmenter must make labels, '${source}' of '${made}'. Train one with translate: ` +
      `{ from: '${made}', to: '${source}' }`,
  );
}
