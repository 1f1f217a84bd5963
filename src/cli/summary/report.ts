import type { Evaluation, PrivacyAttacks } from '../../evaluate/evaluation.js';
import type { ImageComparison, Likeness } from '../../evaluate/image/compare-images.js';
import { membershipAttacks } from '../../evaluate/privacy/attacks/membership.js';
import type { SequenceComparison } from '../../evaluate/sequence/compare-sequences.js';
import type { TextComparison } from '../../evaluate/text/compare-texts.js';
import type { TranslationEvaluation } from '../../evaluate/translation/translation-evaluation.js';
import type { Estimate } from '../../evaluate/utility/estimate.js';
import type { Fairness } from '../../evaluate/utility/fairness.js';
import type { Interval } from '../../evaluate/utility/interval.js';
import type { Lift } from '../../evaluate/utility/measure-lift.js';
import type { Measure } from '../../evaluate/utility/score.js';
import { fairnessRows, rateNames } from '../../report/group-rates.js';
import { describeComparison, imageMeasures } from '../../report/image-measures.js';
import { describeSequences, sequenceMeasures } from '../../report/sequence-measures.js';
import { describeTexts, textMeasures } from '../../report/text-measures.js';
import { describeTranslation, translationTables } from '../../report/translation-measures.js';
import { plainText } from '../plain-text.js';
import { formatSummary } from './format.js';

/** An evaluation for people: what was found, then the numbers behind it. */
export function formatEvaluation(evaluation: Evaluation): string {
  const findings = evaluation.findings.map((finding) => `${plainText(finding)}\n`).join('');
  return `${findings}\n${formatSummary(summarizeEvaluation(evaluation)).trimStart()}`;
}

function summarizeEvaluation(evaluation: Evaluation): object {
  const { rows, images, texts, sequences, quality, rules, detection, privacy } = evaluation;
  const { translation, utility } = evaluation;
  return {
    rows: Object.entries(rows).flatMap(([table, count]) => (count ? [{ table, ...count }] : [])),
    ...(translation ? translationSummary(translation) : {}),
    ...(images ? { images: imagesTable(images) } : {}),
    ...Object.fromEntries(texts.map((own) => [`texts of ${own.column}`, textsTable(own)])),
    ...(sequences ? { sequences: sequencesTable(sequences) } : {}),
    ...(sequences ? { series: seriesTable(sequences) } : {}),
    quality: {
      score: round(quality.score),
      columnShapes: round(quality.columnShapes),
      columnPairTrends: round(quality.columnPairTrends),
      'score of SDMetrics': round(quality.sdmetrics.score),
      'score of SDMetrics, all pairs': round(quality.sdmetrics.scoreOfAllPairs),
    },
    columns: quality.columns.map(({ column, metric, score, coverage, nulls }) => ({
      column,
      metric,
      score: round(score),
      coverage: round(coverage),
      'null, real': round(nulls.real),
      'null, synthetic': round(nulls.synthetic),
    })),
    'strong links': quality.pairs
      .filter(({ counts }) => counts)
      .map(({ columns, metric, score, real, synthetic }) => ({
        columns: columns.join(' – '),
        metric,
        score: round(score),
        real: round(real),
        ...(synthetic === undefined ? {} : { synthetic: round(synthetic) }),
      })),
    ...(rules.length > 0 ? { rules: rules.map((rule) => ({ ...rule })) } : {}),
    detection: Object.entries(detection).map(([classifier, { score, auc }]) => ({
      classifier,
      score: round(score),
      auc: auc.map((own) => own?.toFixed(3) ?? '').join(' '),
    })),
    privacy: {
      newRows: round(privacy.newRows.score),
      copies: privacy.newRows.copies,
      closerToReal: round(privacy.distances.holdout?.closerToReal ?? null),
      medianDistance: round(privacy.distances.synthetic.median),
      medianDistanceOfHoldout: round(privacy.distances.holdout?.distances.median ?? null),
      baselineProtection: round(privacy.distances.baseline),
    },
    ...(privacy.attacks
      ? { 'attacks, AUC of telling training rows': attacksTable(privacy.attacks) }
      : {}),
    ...(utility ? { [`predicting ${utility.target}`]: utilityTable(utility) } : {}),
    ...(utility?.fairness
      ? { [`groups of ${utility.fairness.column}`]: fairnessTable(utility.fairness) }
      : {}),
  };
}

/** A table for each part of what was found of a translation. */
function translationSummary(evaluation: TranslationEvaluation) {
  const [name, tables] = [describeTranslation(evaluation), translationTables(evaluation)];
  return Object.fromEntries(
    tables.map(({ header, rows }) => {
      const [what = '', ...columns] = header;
      const cells = rows.map(([row, ...values]) => ({
        [what]: row,
        ...Object.fromEntries(columns.map((column, k) => [column, round(values[k] ?? null)])),
      }));
      return [`${name}, ${what}`, cells];
    }),
  );
}

/** A row for each measure: of synthetic images, and of real ones beside held-out ones. */
function imagesTable(comparison: ImageComparison) {
  const { synthetic, real, classes } = comparison;
  const header = describeComparison(comparison);
  const rows = Object.entries(imageMeasures).map(([key, name]) => ({
    [header]: name,
    synthetic: round(synthetic[key as keyof Likeness]),
    ...(real ? { real: round(real[key as keyof Likeness]) } : {}),
  }));
  if (!classes) return rows;
  return [
    ...rows,
    { [header]: 'GAN-test', synthetic: round(classes.ganTest) },
    { [header]: `classes found, of ${classes.classes}`, synthetic: classes.found },
  ];
}

/** A row for each maker of rows: how well each attack tells which rows they were made from. */
function attacksTable({ yardsticks, ...synthetic }: PrivacyAttacks) {
  return Object.entries({ synthetic, ...yardsticks }).map(([rows, { membership }]) => ({
    'rows of': rows,
    ...Object.fromEntries(
      membershipAttacks.map((attack) => {
        const { value, low, high } = membership[attack].auc;
        return [attack, between({ mean: value, low, high })];
      }),
    ),
  }));
}

/** A row for each measure: of synthetic texts, and of held-out ones. */
function textsTable(comparison: TextComparison) {
  const header = describeTexts(comparison);
  return textMeasures(comparison).map(({ name, synthetic, real }) => ({
    [header]: name,
    synthetic: round(synthetic),
    ...(real === undefined ? {} : { real: round(real) }),
  }));
}

/** A row for each group and what a model was trained on. */
function fairnessTable({ trainedOn }: Fairness) {
  return fairnessRows(trainedOn).map(([group, model, ...rates]) => ({
    group,
    'trained on': model,
    ...Object.fromEntries(rateNames.map((name, k) => [name, round(rates[k] ?? null)])),
  }));
}

/** A row for each measure: of synthetic sequences, and of held-out ones. */
function sequencesTable(comparison: SequenceComparison) {
  const header = describeSequences(comparison);
  return sequenceMeasures(comparison).flatMap(({ name, synthetic, real }) =>
    synthetic == null
      ? []
      : {
          [header]: name,
          synthetic: round(synthetic),
          ...(real == null ? {} : { 'held out': round(real) }),
        },
  );
}

function seriesTable({ series }: SequenceComparison) {
  return series.map(({ column, metric, score, autocorrelation }) => ({
    series: column,
    metric,
    score: round(score),
    'autocorrelation, real': round(autocorrelation.real[0] ?? null),
    'autocorrelation, synthetic': round(autocorrelation.synthetic[0] ?? null),
  }));
}

/** A row for each score: what each training gives, and what the synthetic rows add. */
function utilityTable({ trainedOn, lift }: Lift) {
  return (Object.keys(lift) as Measure[]).map((measure) => ({
    measure,
    real: spread(trainedOn.real[measure]),
    synthetic: spread(trainedOn.synthetic[measure]),
    both: spread(trainedOn.augmented[measure]),
    gain: between(lift[measure]),
  }));
}

function spread(estimate: Estimate | undefined): string {
  return `${show(estimate?.mean)} ± ${show(estimate?.deviation)}`;
}

function between(interval: Interval | undefined): string {
  return `${show(interval?.mean)} (${show(interval?.low)} to ${show(interval?.high)})`;
}

const show = (value: number | null | undefined) => value?.toFixed(3) ?? '';
const round = (value: number | null) => (value === null ? undefined : Number(value.toFixed(3)));
