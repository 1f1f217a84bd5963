import {
  checkEngineOptions,
  type EngineOptions,
  type Place,
} from '../../compute/engines/options.js';
import type { ColumnOptions } from '../../encode/infer.js';
import { checkUnmodelledChoice, type UnmodelledChoice } from '../../encode/unmodelled.js';
import { InvalidOptionError } from '../../errors.js';
import { checkSeed, type Seed } from '../../random.js';
import type { RatioConditions } from '../conditions/options.js';
import { checkRecipeOption, type RecipeOption } from '../families/recipes.js';
import type { TrainingEvent } from '../training/events.js';
import type { TrainingStep } from '../training/progress.js';

/** Threads that a model can be trained on. */
const threads = ['worker', 'caller'] as const;

/** The thread that trains: one of its own, or the calling one. */
export type ThreadChoice = (typeof threads)[number];

/** How a model is trained, and on what: by default on one thread of onnx on the cpu. */
export interface FitOptions extends EngineOptions {
  /** Default 0. */
  readonly seed?: Seed | undefined;
  /**
   * How to train: the name of a recipe, or what is different from one. Default: 'dcgan-r1' where a
   * column holds images, else 'tabular'.
   */
  readonly recipe?: RecipeOption | undefined;
  /** The column of labels, for recipes that learn what belongs to a label. Default: none. */
  readonly target?: string | undefined;
  /** Training steps. Default: the recipe's epochs; for a table 100, and at least 2,000 steps. */
  readonly steps?: number | undefined;
  /** Times that each row is seen, instead of `steps`. */
  readonly epochs?: number | undefined;
  /**
   * Seconds of training at most; what is best so far is kept. How far it comes depends on the
   * machine, so that a second fit is not the same to the bit.
   */
  readonly seconds?: number | undefined;
  /**
   * Training ends after so many looks at held-out rows in a row that found nothing better, of 24 at
   * most; false never. Default 8.
   */
  readonly patience?: number | false | undefined;
  /** A file that checkpoints are kept in, so that training can be gone on from. */
  readonly checkpoint?: string | undefined;
  /** Go on from the checkpoint, if it is there: to the same bits as without a stop. Default false. */
  readonly resume?: boolean | undefined;
  /**
   * A directory that pictures of the training are drawn in, while it goes on: `curves.png` of losses
   * and scores, and of images `step-000250.png` and so on, at each look. Default: none.
   */
  readonly pictures?: string | undefined;
  /** What to do with a column, where it should not be inferred. */
  readonly columns?: Readonly<Record<string, ColumnOptions>> | undefined;
  /**
   * What becomes of columns that cannot be learned, such as nested and binary ones. Real rows carry
   * them in any case; synthetic rows hold 'null', or the data is refused ('refuse') before any
   * training. Default 'null'. `columns` may say otherwise of one column.
   */
  readonly unmodelled?: UnmodelledChoice | undefined;
  /**
   * What the model's rows will be asked for: refused once the data is known, and before any training,
   * if the model could not meet it. Default: nothing.
   */
  readonly conditions?: RatioConditions | undefined;
  /**
   * Where it is trained: on a thread of its own, so that the events of the calling one have their
   * turn, or on the calling thread. Default 'worker', but 'caller' for options that hold functions
   * besides `onStep`: these cannot cross.
   */
  readonly thread?: ThreadChoice | undefined;
  /** Stops the training; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each step. */
  readonly onStep?: ((step: TrainingStep) => void) | undefined;
  /** Called with what else happens: estimates, scores, checkpoints, rollbacks, alarms, and why training ended. */
  readonly onEvent?: ((event: TrainingEvent) => void) | undefined;
}

/** The same when the place has been chosen; by default it is one thread of onnx on the cpu. */
export type ResolvedFitOptions = Omit<FitOptions, keyof EngineOptions> & Partial<Place>;

/** Refuses options that cannot be used. */
export function checkFitOptions(options: FitOptions): void {
  const { steps, epochs, seed, thread, target, recipe } = options;
  checkSeed(seed, 'fit.seed');
  if (steps !== undefined && !(Number.isSafeInteger(steps) && steps > 0)) {
    throw new InvalidOptionError(`fit.steps must be a positive whole number: ${steps}`);
  }
  checkSupervision(options);
  checkUnmodelledChoice(options.unmodelled, 'fit.unmodelled');
  if (epochs !== undefined && !(Number.isFinite(epochs) && epochs > 0)) {
    throw new InvalidOptionError(`fit.epochs must be a positive number: ${epochs}`);
  }
  if (steps !== undefined && epochs !== undefined) {
    throw new InvalidOptionError(
      "'fit.steps' and 'fit.epochs' exclude each other. Give one of them",
    );
  }
  if (target !== undefined && typeof target !== 'string') {
    throw new InvalidOptionError(`fit.target must be the name of a column: ${String(target)}`);
  }
  checkRecipeOption(recipe);
  checkEngineOptions(options, 'fit.');
  if (thread !== undefined && !threads.includes(thread)) {
    throw new InvalidOptionError(`fit.thread must be one of ${threads.join(', ')}: ${thread}`);
  }
}

function checkSupervision({ seconds, patience, ...files }: FitOptions): void {
  const { checkpoint, resume, pictures } = files;
  if (seconds !== undefined && !(Number.isFinite(seconds) && seconds > 0)) {
    throw new InvalidOptionError(`fit.seconds must be a positive number: ${seconds}`);
  }
  const isCount = Number.isSafeInteger(patience) && (patience as number) > 0;
  if (patience !== undefined && patience !== false && !isCount) {
    throw new InvalidOptionError(
      `fit.patience must be a positive whole number, or false: ${patience}`,
    );
  }
  if (checkpoint !== undefined && (typeof checkpoint !== 'string' || checkpoint === '')) {
    throw new InvalidOptionError(`fit.checkpoint must be the path of a file: ${checkpoint}`);
  }
  if (pictures !== undefined && (typeof pictures !== 'string' || pictures === '')) {
    throw new InvalidOptionError(`fit.pictures must be the path of a directory: ${pictures}`);
  }
  if (resume && checkpoint === undefined) {
    throw new InvalidOptionError(
      'fit.resume needs fit.checkpoint: name the file of the training to resume',
    );
  }
}
