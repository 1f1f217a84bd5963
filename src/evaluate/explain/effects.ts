import type { RecordBatch } from 'apache-arrow';
import type { Rows } from '../../columns/column.js';
import { readTogether } from '../../columns/read.js';
import { InvalidOptionError } from '../../errors.js';
import type { RatioConditions } from '../../gan/conditions/options.js';
import type { Model } from '../../gan/model/model.js';
import { openChunks } from '../../gan/sampling/open-chunks.js';
import type { Seed } from '../../random.js';
import { windowStatistics } from '../sequence/window-statistics.js';
import { frequentLevels, type Trait, traitMean, traitsOf } from './traits.js';

/** What comes of asking for a level of a column. */
export interface ConditionEffect {
  /** The column. */
  readonly column: string;
  /** The level that was asked for. */
  readonly level: string;
  /** Share of the rows that the model gave the level by itself; in the others it was set. */
  readonly hits: number;
  /** Traits of other columns that change, the strongest first. */
  readonly shifts: readonly (Trait & {
    /** Of numbers the difference of means in standard deviations, of levels that of their shares. */
    readonly shift: number;
  })[];
}

/** Levels that are asked for in all, at most. */
const mostConditions = 40;

/** Smaller shifts are not told: of 1,024 rows chance alone gives 0.1 less than one time in 700. */
const smallest = 0.1;

/**
 * What asking for each level of the columns of categories does to all other columns, next to rows of
 * which nothing is asked. Columns that cannot be asked for have no effect.
 *
 * @param rows Made for each level.
 */
export async function conditionEffects(
  model: Model,
  rows: number,
  seed: Seed,
): Promise<ConditionEffect[]> {
  const base = await draw(model, rows, seed, undefined);
  const asked = wantedLevels(readTogether({ base: base.batches }).rows.base);
  const effects: ConditionEffect[] = [];
  for (const { column, level } of asked.slice(0, mostConditions)) {
    const made = await drawWhere(model, rows, seed, column, level);
    if (!made) continue;
    const read = readTogether({ base: base.batches, asked: made.batches }).rows;
    effects.push({
      column,
      level,
      hits: made.hits,
      shifts: shiftsOf(windowStatistics(read.base), windowStatistics(read.asked), column),
    });
  }
  return effects;
}

function wantedLevels({ columns }: Rows): { column: string; level: string }[] {
  return columns.flatMap((column) => {
    if (column.kind !== 'categorical') return [];
    const levels = frequentLevels(column).map((code) => column.levels[code] as string);
    return levels.length < 2 ? [] : levels.map((level) => ({ column: column.name, level }));
  });
}

async function drawWhere(model: Model, rows: number, seed: Seed, column: string, level: string) {
  try {
    return await draw(model, rows, seed, { where: { [column]: level }, ratio: 1 });
  } catch (error) {
    // A recipe without conditions, a column that follows from others: it cannot be asked for.
    if (error instanceof InvalidOptionError) return undefined;
    throw error;
  }
}

async function draw(
  model: Model,
  rows: number,
  seed: Seed,
  conditions: RatioConditions | undefined,
): Promise<{ batches: RecordBatch[]; hits: number }> {
  const chunks = await openChunks(model, { seed, partition: 0, conditions }, {}, false);
  const batches: RecordBatch[] = [];
  try {
    for (let made = 0; made < rows; made += batches.at(-1)?.numRows ?? rows) {
      batches.push(await chunks.next());
    }
    const report = chunks.report?.();
    return { batches, hits: report ? report.hits / report.rows : 1 };
  } finally {
    await chunks.dispose();
  }
}

function shiftsOf(base: Rows, asked: Rows, own: string): ConditionEffect['shifts'] {
  return traitsOf(base)
    .filter(({ trait }) => trait.column !== own)
    .map(({ trait, mean, deviation }) => {
      const scale = trait.level === undefined ? deviation : 1;
      return { ...trait, shift: ((traitMean(asked, trait) ?? mean) - mean) / scale };
    })
    .filter(({ shift }) => Math.abs(shift) >= smallest)
    .sort((a, b) => Math.abs(b.shift) - Math.abs(a.shift));
}
