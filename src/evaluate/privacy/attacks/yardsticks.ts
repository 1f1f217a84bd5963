import type { RecordBatch } from 'apache-arrow';
import { type RowsInput, readTogether } from '../../../columns/read.js';
import type { ComparedAs } from '../../../columns/read-cells.js';
import { GanAugmentError } from '../../../errors.js';
import { fitBootstrap } from '../../../makers/bootstrap.js';
import { fitGaussianCopula } from '../../../makers/copula/fit.js';
import type { RowMaker } from '../../../makers/row-maker.js';
import { fitSmote } from '../../../makers/smote.js';
import type { Random } from '../../../random.js';
import { yieldToEventLoop } from '../../../threads/abortable.js';
import { type Attacks, attackRows, leastAttacked, measureAttacks } from './measure-attacks.js';

/** Makers of rows that need no training: from copies, which hide nothing, to margins and links alone. */
const makers = {
  bootstrap: fitBootstrap,
  'SMOTE-NC': fitSmote,
  'gaussian copula': fitGaussianCopula,
} as const;

/** Name of a maker that synthetic rows are compared with. */
export type Yardstick = keyof typeof makers;

/** What attackers get out of rows of each maker, which was fitted to the same real rows. */
export type Yardsticks = Readonly<Partial<Record<Yardstick, Attacks>>>;

/** Cells that makers are fitted to, at most: of more, there are no yardsticks. */
const mostCells = 500_000;

/** What is attacked beside the synthetic rows. */
export interface YardstickInput {
  readonly real: readonly RecordBatch[];
  readonly holdout: readonly RecordBatch[];
  /** Synthetic rows that are attacked: as many are made. */
  readonly rows: number;
  readonly columns: Readonly<Record<string, ComparedAs>> | undefined;
}

/** Attacks rows of makers without a network. Of tables that one of them cannot make, it is left out. */
export async function measureYardsticks(
  { real, holdout, rows, columns }: YardstickInput,
  random: Random,
  signal?: AbortSignal,
): Promise<Yardsticks> {
  const length = real.reduce((sum, { numRows }) => sum + numRows, 0);
  const width = real[0]?.schema.fields.length ?? 0;
  if (length * width > mostCells || rows < leastAttacked) return {};
  const found: Partial<Record<Yardstick, Attacks>> = {};
  for (const [name, open] of Object.entries(makers) as [
    Yardstick,
    (real: RowsInput) => RowMaker,
  ][]) {
    await yieldToEventLoop(signal);
    const made = sampleOf(() => open(real), Math.min(rows, attackRows.synthetic), name);
    if (!made) continue;
    const read = readTogether({ real, holdout, made }, columns).rows;
    const own = await measureAttacks(read.real, read.holdout, read.made, random.fork(name), signal);
    if (own) found[name] = own;
  }
  return found;
}

function sampleOf(open: () => RowMaker, rows: number, seed: string): RecordBatch | undefined {
  try {
    return open().sample(rows, seed);
  } catch (error) {
    // Not every maker can make every table.
    if (error instanceof GanAugmentError) return undefined;
    throw error;
  }
}
