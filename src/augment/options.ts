import { InvalidOptionError } from '../errors.js';
import { type ConditionOptions, checkConditions } from '../gan/conditions/options.js';
import { checkFitOptions, type FitOptions } from '../gan/fit.js';
import type { Model } from '../gan/model/model.js';
import type { RecipeOption } from '../gan/recipes.js';
import { checkSamplingPlace, type SamplingPlace } from '../gan/sampling-place.js';
import { checkSeed, type Seed } from '../random.js';
import { createRatio, type Ratio } from './ratio.js';

/**
 * A trained model, the directory of a saved one, a promise of one, or a function that is called when
 * a model is needed, with a signal that tells it to stop.
 */
export type ModelSource =
  | Model
  | string
  | PromiseLike<Model>
  | ((signal: AbortSignal) => PromiseLike<Model>);

/** How to augment a stream of record batches. */
export interface AugmentOptions extends ConditionOptions {
  /**
   * Share of the output rows that is synthetic, in [0, 1). After n real rows, floor(n·r/(1−r))
   * synthetic rows have been put out: 0.3 gives 3 for 7. 0 changes nothing.
   */
  readonly ratio: number;
  /** Same seed, same data, same model: the same rows out. Default 0. */
  readonly seed?: Seed | undefined;
  /** A model to use. Without it, one is trained on the stream. */
  readonly model?: ModelSource | undefined;
  /** How to train, as in `fit`: the name of a recipe, or what is different from one. */
  readonly recipe?: RecipeOption | undefined;
  /** The column of labels, as in `fit`. */
  readonly target?: string | undefined;
  /** How to train on the stream; not together with `model`. */
  readonly fit?: StreamFitOptions | undefined;
  /** Where synthetic rows are computed. Default: one thread of the cpu. */
  readonly sample?: SamplingPlace | undefined;
  /** Where a batch's synthetic rows go: each after the row that makes it due, or at the end. */
  readonly placement?: 'interleave' | 'append' | undefined;
  /** Name of a boolean column to add, true in synthetic rows. */
  readonly mark?: string | undefined;
  /** Number of this partition of a bigger job: each draws rows of its own. Default 0. */
  readonly partition?: number | undefined;
  /** Ends the stream with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How to train on the stream itself. */
export interface StreamFitOptions extends Omit<FitOptions, 'signal'> {
  /** Rows to train on: the first ones of the stream, held in memory. Default 50,000. */
  readonly rows?: number | undefined;
  /** What happens to the rows while the model trains: they are held until it is ready. */
  readonly during?: 'hold' | undefined;
}

export const defaultFitRows = 50_000;

/** Refuses options that cannot be used, and gives the ratio in exact form. */
export function checkAugmentOptions(options: AugmentOptions): Ratio {
  const { ratio, model, placement, mark, partition, sample, seed } = options ?? {};
  const fit = fitOf(options ?? {});
  const exact = createRatio(ratio);
  checkSeed(seed);
  checkPartition(partition);
  checkModelSource(model);
  if (model !== undefined && fit !== undefined) {
    const given = fitKeys.find((key) => options[key] !== undefined);
    throw new InvalidOptionError(
      `'model' and '${given}' exclude each other. Give a model, or say how to train one`,
    );
  }
  if (placement !== undefined && placement !== 'interleave' && placement !== 'append') {
    throw new InvalidOptionError(`placement must be 'interleave' or 'append': ${placement}`);
  }
  if (mark !== undefined && (typeof mark !== 'string' || mark === '')) {
    throw new InvalidOptionError(`mark must be the name of a new column: ${String(mark)}`);
  }
  checkConditions(options ?? {});
  if (sample) checkSamplingPlace(sample, 'sample.');
  if (fit) checkStreamFitOptions(fit);
  return exact;
}

const fitKeys = ['fit', 'recipe', 'target'] as const;

/** How to train on the stream, if that is said: `fit` with what stands beside it. */
export function fitOf({
  fit,
  recipe = fit?.recipe,
  target = fit?.target,
}: Pick<AugmentOptions, (typeof fitKeys)[number]>): StreamFitOptions | undefined {
  if (fit === undefined && recipe === undefined && target === undefined) return undefined;
  return { ...fit, recipe, target };
}

/** Refuses what cannot number a partition. */
export function checkPartition(partition: unknown): void {
  if (partition !== undefined && !(Number.isSafeInteger(partition) && (partition as number) >= 0)) {
    throw new InvalidOptionError(`partition must be a whole number from 0: ${String(partition)}`);
  }
}

function checkModelSource(model: unknown): void {
  if (model === undefined || typeof model === 'string' || typeof model === 'function') return;
  if (typeof model === 'object' && model !== null && ('manifest' in model || 'then' in model)) {
    // Its failure is raised when the model is needed; until then it must not end the process.
    if (model instanceof Promise) model.catch(() => {});
    return;
  }
  throw new InvalidOptionError(
    `model must be a model, a directory, or what gives a model: ${String(model)}`,
  );
}

/** Refuses options that cannot be used. */
export function checkStreamFitOptions(fit: StreamFitOptions): void {
  const { rows, during } = fit;
  if (rows !== undefined && !(Number.isSafeInteger(rows) && rows >= 2)) {
    throw new InvalidOptionError(`fit.rows must be a whole number from 2: ${rows}`);
  }
  if (during !== undefined && during !== 'hold') {
    throw new InvalidOptionError(`fit.during must be 'hold': ${String(during)}`);
  }
  checkFitOptions(fit);
}
