import { DataError } from '../../errors.js';
import { imageShapeOf } from '../../gan/families/translation/columns.js';
import type { Model } from '../../gan/model/model.js';
import { labelAgreement } from './dice.js';
import { type EncodedImages, encodeImages, labelPlaces, labelsOf } from './encoded-images.js';
import { chooseRows } from './held-rows.js';
import { meanSimilarity } from './similarity.js';
import type { TranslationTask } from './translating.js';
import type { TranslationEvaluation } from './translation-evaluation.js';
import { drawExamples } from './triplets.js';

/** Encoded numbers are from −1 to 1. */
const range = 2;

/** Holds what a model makes of pairs against the other image of each. */
export async function evaluatePairs(
  { model, translation: { source, made }, held, illustrations, open }: TranslationTask,
  segmenter: Model | undefined,
): Promise<Pick<TranslationEvaluation, 'pairs' | 'examples'>> {
  const rows = chooseRows(held, { columns: [source, made] });
  if (rows.numRows < 2) {
    throw new DataError(
      `holdout needs at least 2 rows with both '${source}' and '${made}': ${rows.numRows}. Give rows ` +
        'that have the answer, which the model does not see',
    );
  }
  const translated = await open(model)(rows);
  const inputs = encodeImages(model, rows, source);
  const outputs = encodeImages(model, translated, made);
  const truths = encodeImages(model, rows, made);
  const isLabels = truths.encoder.kind === 'label-map';
  const segmentBoth = async (by: Model) => {
    const segment = open(by);
    const labels = encodeImages(by, rows, source);
    const find = async (batch: typeof rows) =>
      agreement(encodeImages(by, await segment(batch), source), labels);
    return { made: await find(translated), real: await find(rows) };
  };
  return {
    pairs: {
      count: rows.numRows,
      similarity: isLabels ? null : similarity(outputs, truths),
      untranslated: isLabels || !isAlike(inputs, truths) ? null : similarity(inputs, truths),
      labels: isLabels ? agreement(outputs, truths) : null,
      segmented: segmenter ? await segmentBoth(segmenter) : null,
    },
    examples: illustrations ? await drawExamples([inputs, outputs, truths]) : null,
  };
}

/** Whether images can be held against each other as they are. */
function isAlike({ encoder: a }: EncodedImages, { encoder: b }: EncodedImages): boolean {
  return a.kind === b.kind && a.shape[2] === b.shape[2];
}

function similarity({ values }: EncodedImages, truths: EncodedImages) {
  return meanSimilarity(values, truths.values, imageShapeOf(truths.encoder), range);
}

function agreement(found: EncodedImages, truths: EncodedImages) {
  return labelAgreement(labelPlaces(found), labelPlaces(truths), labelsOf(truths.encoder));
}
