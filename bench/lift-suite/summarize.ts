import { normalShare } from '../../src/makers/copula/normal.js';

const measures = ['macroF1', 'averagePrecision', 'logLoss'] as const;
type Measure = (typeof measures)[number];

/** What one arm scored on one table. */
export interface Result {
  readonly table: string;
  readonly seed: number;
  readonly arm: string;
  readonly judge: string;
  readonly seconds: number;
  readonly leak?: number | undefined;
  readonly note?: unknown;
  readonly scores: Readonly<Partial<Record<Measure, number | undefined>>>;
}

/** Differences within this are no win and no loss. */
const tie = 0.005;

/** A table of means over tables, and of wins, ties and losses against one arm. */
export function summarize(results: readonly Result[], judge: string, base: string): string {
  const own = results.filter((result) => result.judge === judge);
  const arms = [...new Set(own.map(({ arm }) => arm))];
  const tables = [...new Set(own.map(({ table }) => table))].filter((table) =>
    arms.every((arm) => own.some((one) => one.arm === arm && one.table === table)),
  );
  const scoresOf = (arm: string, measure: Measure) =>
    tables.map((table) =>
      mean(
        own.flatMap((one) =>
          one.arm === arm && one.table === table ? [one.scores[measure] ?? Number.NaN] : [],
        ),
      ),
    );
  const head = measures.flatMap((measure) => [measure, `won, tied, lost against ${base}`, 'p']);
  const tests = measures.map((measure) => {
    const before = scoresOf(base, measure);
    const sign = measure === 'logLoss' ? -1 : 1;
    const raw = arms.map((arm) => {
      const gains = scoresOf(arm, measure).map(
        (score, k) => sign * (score - (before[k] as number)),
      );
      return { arm, gains, p: arm === base ? Number.NaN : signedRank(gains) };
    });
    return { measure, rows: holm(raw) };
  });
  const lines = arms.map((arm, k) => {
    const cells = tests.flatMap(({ measure, rows }) => {
      const { gains, p } = rows[k] as (typeof rows)[number];
      const count = (is: (gain: number) => boolean) => gains.filter(is).length;
      const record = `${count((g) => g > tie)}, ${count((g) => Math.abs(g) <= tie)}, ${count((g) => g < -tie)}`;
      const score = mean(scoresOf(arm, measure)).toFixed(3);
      return arm === base ? [score, '', ''] : [score, record, p.toFixed(3)];
    });
    const seconds = mean(own.filter((one) => one.arm === arm).map((one) => one.seconds));
    const leaks = own.flatMap((one) => (one.arm === arm && one.leak != null ? [one.leak] : []));
    const leak = leaks.length > 0 ? mean(leaks).toFixed(2) : '';
    return `| ${[arm, ...cells, leak, seconds.toFixed(2)].join(' | ')} |`;
  });
  return [
    `\n${judge}, ${tables.length} tables, ${new Set(own.map(({ seed }) => seed)).size} seeds`,
    `| arm | ${head.join(' | ')} | AUC of membership | seconds |`,
    `|${'---|'.repeat(head.length + 3)}`,
    ...lines,
  ].join('\n');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Two-sided p of Wilcoxon's signed-rank test, by the normal distribution, with ties. */
export function signedRank(differences: readonly number[]): number {
  const own = differences.filter((each) => each !== 0);
  if (own.length === 0) return 1;
  const sizes = own.map(Math.abs).sort((a, b) => a - b);
  const rankOf = (size: number) => (sizes.indexOf(size) + sizes.lastIndexOf(size)) / 2 + 1;
  const n = own.length;
  const positive = own.reduce((sum, each) => (each > 0 ? sum + rankOf(each) : sum), 0);
  const centre = (n * (n + 1)) / 4;
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24);
  return 2 * normalShare(-Math.abs(positive - centre) / deviation);
}

/** Holm's correction for the number of tests. */
function holm<Test extends { readonly p: number }>(tests: readonly Test[]): Test[] {
  const order = tests.filter(({ p }) => !Number.isNaN(p)).sort((a, b) => a.p - b.p);
  let highest = 0;
  const corrected = new Map(
    order.map((test, k) => {
      highest = Math.max(highest, Math.min(1, test.p * (order.length - k)));
      return [test, highest];
    }),
  );
  return tests.map((test) => ({ ...test, p: corrected.get(test) ?? test.p }));
}
