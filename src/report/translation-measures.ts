import type { LabelAgreement } from '../evaluate/translation/dice.js';
import type { Similarity } from '../evaluate/translation/similarity.js';
import type { TranslationEvaluation } from '../evaluate/translation/translation-evaluation.js';

/** A table of one part of what was found: its header, and rows of a name and numbers. */
export interface MeasuredTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly [name: string, ...values: (number | null)[]])[];
}

/** What a model makes of what, in words. */
export function describeTranslation({ recipe, translation }: TranslationEvaluation): string {
  const { source, made, domain } = translation;
  return domain
    ? `${recipe}: '${made}' of '${domain.column}' '${domain.from}' to '${domain.to}'`
    : `${recipe}: '${source}' to '${made}'`;
}

/** The figures of an evaluation, one table for each part of it. */
export function translationTables({ pairs, domains }: TranslationEvaluation): MeasuredTable[] {
  if (domains) return [...domainTables(domains)];
  if (!pairs) return [];
  const { similarity, untranslated, labels, segmented } = pairs;
  return [
    ...(similarity ? [similarityTable({ made: similarity, 'as it went in': untranslated })] : []),
    ...(labels ? [labelTable({ made: labels })] : []),
    ...(segmented
      ? [
          labelTable({
            'found in made images': segmented.made,
            'found in real ones': segmented.real,
          }),
        ]
      : []),
  ];
}

function similarityTable(sides: Readonly<Record<string, Similarity | null>>): MeasuredTable {
  const known = Object.entries(sides).flatMap(([name, side]) => (side ? [{ name, side }] : []));
  const row = (name: string, of: (side: Similarity) => number | null) =>
    [name, ...known.map(({ side }) => of(side))] as const;
  return {
    header: ['beside the truth', ...known.map(({ name }) => name)],
    rows: [
      row('PSNR, dB', ({ psnr }) => psnr),
      row('SSIM', ({ ssim }) => ssim),
      row('mean absolute difference', ({ l1 }) => l1),
    ],
  };
}

function labelTable(sides: Readonly<Record<string, LabelAgreement>>): MeasuredTable {
  const all = Object.values(sides);
  const labels = all[0]?.labels ?? [];
  return {
    header: ['Dice coefficient', ...Object.keys(sides)],
    rows: [
      ...labels.map(
        ({ label }, k) =>
          [`label ${label}`, ...all.map((side) => side.labels[k]?.dice ?? null)] as const,
      ),
      ['mean but for the lowest label', ...all.map(({ meanDice }) => meanDice)],
      ['pixels with the right label', ...all.map(({ accuracy }) => accuracy)],
    ],
  };
}

function* domainTables({
  directions,
  cycleError,
}: NonNullable<TranslationEvaluation['domains']>): Iterable<MeasuredTable> {
  yield {
    header: ['kernel distance', 'translated', 'as it was', 'by chance'],
    rows: directions.map(({ from, to, kernelDistance, untranslated, chance }) => [
      `from ${from} to ${to}`,
      kernelDistance,
      untranslated,
      chance,
    ]),
  };
  if (!cycleError) return;
  yield {
    header: ['there and back', 'mean absolute difference'],
    rows: Object.entries(cycleError).map(([level, error]) => [`from ${level}`, error] as const),
  };
}
