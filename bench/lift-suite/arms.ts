import type { RecordBatch } from 'apache-arrow';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../src/augment/events.js';
import type { AugmentOptions } from '../../src/augment/options/augment-options.js';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { readTogether } from '../../src/columns/read.js';
import { joinRows } from '../../src/columns/select.js';
import { concatenateBatches, gatherRuns } from '../../src/data/batches/interleave.js';
import type { Examples } from '../../src/evaluate/models/model.js';
import { type ModelName, trainers } from '../../src/evaluate/models/trainers.js';
import { fitAgreement } from '../../src/evaluate/utility/agreement.js';
import { type Scores, scorerOf } from '../../src/evaluate/utility/score.js';
import { balanceClasses, describeTarget, examplesOf } from '../../src/evaluate/utility/target.js';
import type { RecipeOption } from '../../src/gan/families/recipe-option.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { type Parts, target, textsOf } from './tables.js';

/** What a model is trained on besides the real rows, and how. */
export interface Training {
  readonly synthetic?: RecordBatch | undefined;
  readonly isReweighted?: boolean;
  /** What there is to say of it: a verdict. */
  readonly note?: unknown;
}

/** A way of augmenting, by the rows to train on alone. */
export type Arm = (train: RecordBatch, seed: number) => Promise<Training>;

/** Times as many rows as are needed are made where a filter drops some. */
const surplus = 5;

/** As many rows of each class as make all equally many, of a recipe's model. */
export function balanced(recipe: RecipeOption, agree?: 'boosting' | 'linear', share = 1): Arm {
  return async (train, seed) => {
    const model = await fitModel(train.schema, [train], { recipe, target, seed, thread: 'caller' });
    const agrees = agree && fitAgreement([train], target, agree);
    const texts = textsOf(train);
    const counts = new Map<string, number>();
    for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const made: RecordBatch[] = [];
    for (const [level, count] of counts) {
      const rows = Math.round(share * (most - count));
      if (rows === 0) continue;
      const where = { [target]: level };
      const wanted = { rows: agrees ? surplus * rows : rows, seed, where };
      const batch = await collect(sampleBatches(model, wanted));
      made.push(agrees ? take(batch, firstKept(agrees(batch), rows)) : batch);
    }
    return { synthetic: made.length > 0 ? concatenateBatches(train.schema, made) : undefined };
  };
}

/** As the operator augments, with its gate; the verdict is the note. */
export function augmented(options: Omit<AugmentOptions, 'ratio'>): Arm {
  return async (train, seed) => {
    const mark = 'is synthetic';
    const notes: AugmentEvent[] = [];
    const settings = { ...options, target, seed, mark, ratio: 0.5 } as const;
    const progress = (event: AugmentEvent) => {
      if (event.type === 'gate') notes.push(event);
    };
    const fit = { ...options.fit, thread: 'caller' } as const;
    const out = await collect(augmentBatches([train], { ...settings, fit, progress }));
    const marks = out.getChild(mark);
    const places = [...Array(out.numRows).keys()].filter((row) => marks?.get(row));
    const synthetic = places.length > 0 ? take(out, places).select(namesOf(train)) : undefined;
    return { synthetic, note: notes.at(-1) };
  };
}

const namesOf = ({ schema }: RecordBatch) => schema.fields.map(({ name }) => name);

/** The first rows that are agreed with, and then others. */
function firstKept(agrees: Uint8Array, rows: number): number[] {
  const all = [...agrees.keys()];
  return [...all.filter((row) => agrees[row]), ...all.filter((row) => !agrees[row])].slice(0, rows);
}

function take(batch: RecordBatch, rows: readonly number[]): RecordBatch {
  const runs = rows.map((row) => ({ source: 0, start: row, length: 1 }));
  return gatherRuns(batch.schema, [batch], runs);
}

export async function collect(source: AsyncIterable<RecordBatch>): Promise<RecordBatch> {
  const batches: RecordBatch[] = [];
  for await (const batch of source) batches.push(batch);
  return concatenateBatches((batches[0] as RecordBatch).schema, batches);
}

/** What a model that is trained so scores on the rows to test on. */
export async function judge(
  { train, test }: Parts,
  { synthetic, isReweighted }: Training,
  model: ModelName,
  seed: number,
): Promise<Scores> {
  const tables = synthetic
    ? readTogether({ train, test, synthetic }).rows
    : { ...readTogether({ train, test }).rows, synthetic: undefined };
  const own = describeTarget(tables.train, target);
  const rows = tables.synthetic ? joinRows(tables.train, tables.synthetic) : tables.train;
  const examples: Examples = examplesOf(rows, own);
  const training = isReweighted ? balanceClasses(examples) : examples;
  const predict = await trainers[model](training, own.task, seed);
  const held = examplesOf(tables.test, own);
  return scorerOf(held.target, await predict(held.features), own)();
}
