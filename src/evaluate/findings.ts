import { meanOf } from '../columns/statistics.js';
import type { Detection } from './detection/detection.js';
import type { Evaluation } from './evaluation.js';
import type { ImageComparison } from './image/compare-images.js';
import { attacksInWords } from './privacy/attacks/words.js';
import type { SequenceComparison } from './sequence/compare-sequences.js';
import { sequencesInWords } from './sequence/words.js';
import type { TextComparison } from './text/compare-texts.js';
import { translationInWords } from './translation/words.js';
import type { Fairness, GroupTreatment } from './utility/fairness.js';
import type { Lift } from './utility/measure-lift.js';

/** A column or link is pointed at where it scores below this. */
const weak = 0.9;

/** What an evaluation found, in sentences, the worst of it not left out. */
export function describeFindings(
  {
    ignored,
    images,
    texts,
    sequences,
    quality,
    rules,
    rows,
    detection,
    privacy,
    translation,
    utility,
  }: Omit<Evaluation, 'findings'>,
  target: string | undefined,
): string[] {
  return [
    ...ignored.map(({ name, reason }) => `Column '${name}' was not compared: it ${reason}.`),
    ...(translation ? translationInWords(translation) : []),
    ...(sequences ? sequencesInWords(sequences) : []),
    ...(images ? describeImages(images) : []),
    ...texts.map(describeTexts),
    ...describeQuality(quality, partOf(images, sequences)),
    ...describeRules(rules, rows.synthetic?.drawn ?? 0),
    ...describeDetection(detection, sequences !== null),
    ...describePrivacy(privacy, ignored.length > 0),
    ...(utility ? [describeUtility(utility)] : [describeNoUtility(target)]),
    ...(utility?.fairness ? [describeFairness(utility.fairness)] : []),
  ];
}

/** What the quality score is of, where that is not the whole of the rows. */
function partOf(images: ImageComparison | null, sequences: SequenceComparison | null): string {
  if (sequences) return 'of the attributes ';
  return images ? 'of the other columns ' : '';
}

function describeImages(found: ImageComparison): string[] {
  const { column, against, images, synthetic, real, classes } = found;
  const others = against === 'holdout' ? 'held-out ones' : 'real ones';
  const beside = (own: number | undefined) =>
    own === undefined ? '' : `; of real ones: ${percent(own)}`;
  return [
    `Of ${images} synthetic images of '${column}' ${percent(synthetic.precision)} lie among ${others} ` +
      `(precision${beside(real?.precision)}), and they reach ${percent(synthetic.recall)} of these ` +
      `(recall${beside(real?.recall)}).`,
    ...(classes
      ? [
          `A classifier of real images takes ${percent(classes.ganTest)} of the synthetic ones for ` +
            `what they are meant to be, and finds ${classes.found} of ${classes.classes} classes.`,
        ]
      : []),
  ];
}

function describeTexts({ column, texts, synthetic, real }: TextComparison): string {
  const beside = (own: number | undefined) =>
    own === undefined ? '' : ` (of held-out ones: ${percent(own)})`;
  const learned = real ? `, ${number(real.reversePerplexity)} by one of as many real ones` : '';
  return (
    `Of ${texts} synthetic texts of '${column}' ${percent(synthetic.copies)} are equal to a real ` +
    `one${beside(real?.copies)}; a model of them is as uncertain of a real text as among ` +
    `${number(synthetic.reversePerplexity)} characters${learned}.`
  );
}

function describeRules(rules: Evaluation['rules'], rows: number): string[] {
  const broken = rules.filter((rule) => rule.broken > 0);
  if (rules.length > 0 && broken.length === 0) {
    return [`Every synthetic row keeps the rules that every real row keeps: ${rules.length}.`];
  }
  return broken.map(
    (rule) =>
      `${rule.broken} of ${rows} synthetic rows break what every real row keeps: ${rule.rule}.`,
  );
}

function describeQuality({ score, columns, pairs }: Evaluation['quality'], part: string): string[] {
  if (columns.length === 0) return [];
  const worst = lowest(columns.map((own) => ({ name: `column '${own.column}'`, ...own })));
  const counted = pairs.filter(({ counts }) => counts);
  const link = lowest(
    counted.map((own) => ({ name: `the link of '${own.columns.join("' and '")}'`, ...own })),
  );
  const lost = columns.filter(({ nulls }) => Math.abs(nulls.real - nulls.synthetic) > 0.05);
  return [
    `Quality score ${part}${number(score)} (1 is alike).`,
    ...[worst, link].flatMap((own) =>
      own && own.score < weak ? [`Least alike: ${own.name}, ${number(own.score)}.`] : [],
    ),
    ...lost.map(
      ({ column, nulls }) =>
        `Column '${column}' is null in ${percent(nulls.synthetic)} of the synthetic rows, ` +
        `${percent(nulls.real)} of the real ones.`,
    ),
  ];
}

function describeDetection(
  { boosting, cnn }: Evaluation['detection'],
  areSequences: boolean,
): string[] {
  const trees = cnn ? 'Boosted trees, which see no images,' : 'Boosted trees';
  const [name, what] = areSequences
    ? ['Boosted trees, by statistics of the steps,', 'sequences']
    : [trees, 'rows'];
  return [
    ...(cnn ? [describeDetector('A small CNN', 's', 'images', cnn)] : []),
    ...(boosting ? [describeDetector(name, '', what, boosting)] : []),
  ];
}

function describeDetector(name: string, s: string, what: string, { auc: each }: Detection): string {
  const auc = meanOf(each);
  if (auc === null) return 'There are too few rows to train a classifier to tell them apart.';
  return `${name} ${easeOf(auc, s)} synthetic ${what} from real ones: AUC ${number(auc)} (0.5 is chance).`;
}

function easeOf(auc: number, s: string): string {
  if (auc < 0.6) return `hardly tell${s}`;
  return auc < 0.8 ? `tell${s}, with errors,` : `tell${s}`;
}

function describePrivacy(
  { newRows, newRowsOfHoldout, distances, attacks }: Evaluation['privacy'],
  isPart: boolean,
) {
  const found: string[] = [];
  if (newRows.copies > 0) {
    const held = newRowsOfHoldout;
    const context = held ? `; of the held-out rows ${held.copies} are` : '';
    const columns = isPart ? 'every column that was compared' : 'every column';
    found.push(
      `${newRows.copies} of the synthetic rows are equal to a real row in ${columns}${context}.`,
    );
  }
  const { holdout, rows } = distances;
  if (!holdout) {
    found.push('Without held-out rows, learning by heart cannot be told from likeness.');
    return found;
  }
  const luck = 3 * Math.sqrt(0.25 / rows.synthetic);
  const share = percent(holdout.closerToReal);
  found.push(
    holdout.closerToReal > 0.5 + Math.max(luck, 0.03)
      ? `${share} of the synthetic rows are closer to a real row that they were made from than to ` +
          'held-out ones: rows were learned by heart, or the held-out ones are of another kind.'
      : `${share} of the synthetic rows are closer to a real row that they were made from than to ` +
          'held-out ones: no sign of learning by heart.',
  );
  if (attacks) found.push(...attacksInWords(attacks));
  return found;
}

function describeUtility({ target, measure, trainedOn, lift, verdict }: Lift): string {
  const [before, after] = [trainedOn.real[measure]?.mean, trainedOn.augmented[measure]?.mean];
  const alone = trainedOn.synthetic[measure]?.mean;
  const { low, high } = lift[measure] ?? {};
  const words = {
    helps: 'Adding the synthetic rows helps',
    hurts: 'Adding the synthetic rows hurts',
    'no clear difference': 'Adding the synthetic rows makes no clear difference',
  }[verdict];
  return (
    `${words} in predicting '${target}': ${measure} ${number(before)} on real rows, ` +
    `${number(after)} with them (difference ${signed(low)} to ${signed(high)}), ` +
    `${number(alone)} on synthetic rows alone.`
  );
}

function describeFairness({ column, positive, trainedOn, shares }: Fairness): string {
  const { real, augmented } = trainedOn;
  const parity = (own: GroupTreatment) => number(own.demographicParityDifference.mean);
  const odds = (own: GroupTreatment) => number(own.equalizedOddsDifference.mean);
  const [most] = shares.toSorted(
    (a, b) =>
      Math.abs(b.synthetic.share - b.real.share) - Math.abs(a.synthetic.share - a.real.share),
  );
  const shifted = most
    ? ` The share that differs most is that of '${most.group}': ${percent(most.real.share)} of the real rows, ${percent(most.synthetic.share)} of the synthetic ones.`
    : '';
  return (
    `Groups of '${column}' are taken for '${positive}' in shares that differ by up to ${parity(real)} by a model of ` +
    `real rows, ${parity(augmented)} with the synthetic ones (0 is demographic parity); true or false ` +
    `positive rates by up to ${odds(real)} and ${odds(augmented)} (0 is equalised odds).${shifted}`
  );
}

function describeNoUtility(target: string | undefined): string {
  return target === undefined
    ? 'Whether the synthetic rows help a model was not measured: name a target and held-out rows.'
    : 'Whether the synthetic rows help a model was not measured: that needs held-out real rows.';
}

function lowest<T extends { readonly score: number | null }>(list: readonly T[]) {
  return list.reduce<(T & { score: number }) | undefined>(
    (worst, own) =>
      own.score !== null && own.score < (worst?.score ?? Number.POSITIVE_INFINITY)
        ? { ...own, score: own.score }
        : worst,
    undefined,
  );
}

const number = (value: number | null | undefined) => value?.toFixed(3) ?? 'unknown';
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const signed = (value: number | null | undefined) =>
  value == null ? 'unknown' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
