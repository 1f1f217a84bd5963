import { DataError } from '../../errors.js';
import { meanDifference } from '../../gan/families/translation/compare.js';
import { directModel, type Translation } from '../../gan/sampling/translation.js';
import { compareWithDomain } from './compare-domains.js';
import { type EncodedImages, encodeImages } from './encoded-images.js';
import { chooseRows } from './held-rows.js';
import type { TranslationTask } from './translating.js';
import type { TranslationEvaluation } from './translation-evaluation.js';
import { drawExamples } from './triplets.js';

/** Encoded numbers are from −1 to 1. */
const range = 2;

/** Holds translated images against real ones of the other domain, and against what comes back of them. */
export async function evaluateDomains(
  { model, translation: { made: image }, held, illustrations, open }: TranslationTask,
  { column, from, to }: NonNullable<Translation['domain']>,
): Promise<Pick<TranslationEvaluation, 'domains' | 'examples'>> {
  const rowsOf = (level: string) => {
    const rows = chooseRows(held, { columns: [image], level: [column, level] });
    if (rows.numRows >= 2) return rows;
    throw new DataError(
      `holdout needs at least 2 rows of '${column}' '${level}': ${rows.numRows}. Give rows of both domains`,
    );
  };
  const rows = { from: rowsOf(from), to: rowsOf(to) };
  const encode = (batch: typeof held) => encodeImages(model, batch, image);
  const real = { from: encode(rows.from), to: encode(rows.to) };
  const forth = open(model);
  const there = await forth(rows.from);
  const made = encode(there);
  const directions = [
    await compareWithDomain({ before: real.from, after: made, real: real.to }, { from, to }),
  ];
  if (!model.reverse) {
    const examples = illustrations ? await drawExamples([real.from, made]) : null;
    return { domains: { directions, cycleError: null }, examples };
  }
  const back = open(directModel(model, { column: image, domain: column, to: from }));
  const here = await back(rows.to);
  const after = encode(here);
  directions.push(
    await compareWithDomain({ before: real.to, after, real: real.from }, { from: to, to: from }),
  );
  const returned = encode(await back(there));
  const cycleError = {
    [from]: lost(real.from, returned),
    [to]: lost(real.to, encode(await forth(here))),
  };
  const examples = illustrations ? await drawExamples([real.from, made, returned]) : null;
  return { domains: { directions, cycleError }, examples };
}

/** Mean absolute difference as a share of the range. */
function lost({ values }: EncodedImages, returned: EncodedImages): number {
  return meanDifference(values, returned.values) / range;
}
