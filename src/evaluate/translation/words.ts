import type { PairComparison, TranslationEvaluation } from './translation-evaluation.js';

/** What was found of a translation, in sentences that do not flatter. */
export function translationInWords(evaluation: TranslationEvaluation): string[] {
  const { pairs, domains } = evaluation;
  if (pairs) return ofPairs(evaluation, pairs);
  const { directions = [], cycleError } = domains ?? {};
  return [
    ...directions.map(({ from, to, kernelDistance, untranslated, chance }) => {
      const nearer =
        kernelDistance < untranslated - 2 * chance ? 'come nearer to' : 'come no nearer to';
      return (
        `Images of '${from}' ${nearer} real ones of '${to}' by translation: kernel distance ` +
        `${number(kernelDistance)}, as they were ${number(untranslated)}.`
      );
    }),
    ...Object.entries(cycleError ?? {}).map(
      ([from, error]) =>
        `Images of '${from}' come back from both translations ${percent(error)} of the range away.`,
    ),
  ];
}

function ofPairs(
  { translation: { source, made } }: TranslationEvaluation,
  { count, similarity, untranslated, labels, segmented }: PairComparison,
): string[] {
  const found: string[] = [];
  if (similarity) {
    const gain =
      untranslated && similarity.l1 >= untranslated.l1
        ? ' Doing nothing to it would be no farther away.'
        : '';
    found.push(
      `What is made of '${source}' in ${count} held-out rows is ${percent(similarity.l1)} of the range away ` +
        `from the true '${made}': PSNR ${decibels(similarity.psnr)}, SSIM ${number(similarity.ssim)}.${gain}`,
    );
  }
  if (labels) {
    found.push(
      `${percent(labels.accuracy)} of the pixels of '${made}' in ${count} held-out rows are given the right ` +
        `label: mean Dice coefficient ${number(labels.meanDice)}.`,
    );
  }
  if (segmented) {
    found.push(
      `Labels are found in made images of '${made}' with a mean Dice coefficient of ` +
        `${number(segmented.made.meanDice)}, in real ones with ${number(segmented.real.meanDice)}.`,
    );
  }
  return found;
}

const number = (value: number | null) => value?.toFixed(3) ?? 'unknown';
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const decibels = (value: number | null) =>
  value === null ? 'unbounded' : `${value.toFixed(1)} dB`;
