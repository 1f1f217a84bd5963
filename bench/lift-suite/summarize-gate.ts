import type { Result } from './summarize.js';

/** What a gate has decided, as results keep it. */
interface Note {
  readonly verdict: string;
  readonly mixes: boolean;
  readonly recipe?: string;
  readonly gain: { readonly mean: number | null };
  readonly seconds: number;
}

/** A loss by more than this is harm. */
const harm = 0.01;

/** How often an arm's gate was right: what it let in and what that did, by boosted trees. */
export function summarizeGate(results: readonly Result[], arm: string, base: string): string {
  const own = results.filter((one) => one.judge === 'boosting');
  const judged = own.flatMap((one) => {
    const before = own.find(
      ({ arm, table, seed }) => arm === base && table === one.table && seed === one.seed,
    );
    if (one.arm !== arm || !one.note || !before) return [];
    return [{ note: one.note as Note, gain: combined(one) - combined(before) }];
  });
  if (judged.length === 0) return '';
  const mixed = judged.filter(({ note }) => note.mixes);
  const hurt = mixed.filter(({ gain }) => gain < -harm);
  const count = (values: readonly string[]) =>
    [...new Set(values)]
      .map((value) => `${value} ${values.filter((each) => each === value).length}`)
      .join(', ');
  const estimates = mixed.map(({ note }) => note.gain.mean ?? 0);
  const gains = mixed.map(({ gain }) => gain);
  const seconds = judged.reduce((sum, { note }) => sum + note.seconds, 0) / judged.length;
  return [
    `\ngate of '${arm}', ${judged.length} verdicts: ${count(judged.map(({ note }) => note.verdict))}`,
    `mixed in ${mixed.length}, by ${count(mixed.map(({ note }) => note.recipe ?? 'the recipe'))}`,
    `of these ${hurt.length} hurt by more than ${harm}; mean of what was gained ${mean(gains).toFixed(4)}`,
    `rank correlation of the gain that was estimated and the true one: ${rankCorrelation(estimates, gains).toFixed(2)}`,
    `seconds of a verdict: ${seconds.toFixed(1)}`,
  ].join('\n');
}

function combined({ scores }: Result): number {
  return ((scores.macroF1 ?? Number.NaN) + (scores.averagePrecision ?? Number.NaN)) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Spearman's, of ranks with ties. */
function rankCorrelation(first: readonly number[], second: readonly number[]): number {
  const [x, y] = [ranks(first), ranks(second)];
  const [a, b] = [mean(x), mean(y)];
  const sum = (of: (k: number) => number) => x.reduce((total, _, k) => total + of(k), 0);
  const dx = (k: number) => (x[k] as number) - a;
  const dy = (k: number) => (y[k] as number) - b;
  return sum((k) => dx(k) * dy(k)) / Math.sqrt(sum((k) => dx(k) ** 2) * sum((k) => dy(k) ** 2));
}

function ranks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}
