import { engineShape } from '../../compute/engines/option-shape.js';
import {
  checkEngineOptions,
  type EngineOptions,
  type ExecutionTarget,
} from '../../compute/engines/options.js';
import { columnsOption } from '../../encode/column-option.js';
import type { ColumnOptions } from '../../encode/infer.js';
import { checkRulesOption, type RulesOption } from '../../encode/rules/find-rules.js';
import { rulesOption } from '../../encode/rules/rules-option.js';
import type { UnmodelledChoice } from '../../encode/unmodelled.js';
import { InvalidOptionError } from '../../errors.js';
import { either, object } from '../../options/composed.js';
import { about, type Option, required, type ShapeOf } from '../../options/option.js';
import {
  abortSignal,
  boolean,
  callback,
  custom,
  number,
  oneOf,
  seed,
  text,
  wholeNumber,
} from '../../options/values.js';
import type { Seed } from '../../random.js';
import { conditionShape } from '../conditions/option-shape.js';
import type { RatioConditions } from '../conditions/options.js';
import type { RecipeOption } from '../families/recipe-option.js';
import {
  checkPromise,
  checkRecipeOption,
  checkTranslation,
  recipeNames,
} from '../families/recipes.js';
import {
  checkTranslateOption,
  type TranslateOption,
  translateOption,
} from '../families/translate-option.js';
import type { TrainingEvent } from '../training/events.js';
import { type KeepChoice, keepChoices } from '../training/keep.js';
import type { TrainingStep } from '../training/progress.js';
import { checkPrivacy, type PrivacyOption, privacyOption, privacyTarget } from './privacy.js';

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
  /**
   * Learn to make one tensor of a row anew: from another one (`{ from: 'labels', to: 'slice' }`), or
   * from the same of another domain (`{ column: 'image', domain: 'scanner', to: 'B' }`). Default:
   * rows are made from noise.
   */
  readonly translate?: TranslateOption | undefined;
  /** Training steps. Default: the recipe's epochs; for a table 100, and at least 2,000 steps. */
  readonly steps?: number | undefined;
  /** Times that each row is seen, instead of `steps`. */
  readonly epochs?: number | undefined;
  /**
   * Seconds of training at most; what is best so far is kept. Held-out rows are looked at, and
   * checkpoints and curves kept, every 24th of it at least. How far it comes depends on the machine,
   * so that a second fit is not the same to the bit.
   */
  readonly seconds?: number | undefined;
  /**
   * Training ends after so many looks at held-out rows in a row that found nothing better, of 24 at
   * most; false never. Default 8.
   */
  readonly patience?: number | false | undefined;
  /**
   * The state that becomes the model: the one that is best by held-out rows, or the last. Default
   * 'best'.
   */
  readonly keep?: KeepChoice | undefined;
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
   * What of a table's rows stays with them: by default values of categories that fewer than 5 rows have
   * are neither made nor saved, and numbers lie within the fifth smallest and the fifth largest. False:
   * all that the rows hold may be made and saved.
   */
  readonly privacy?: PrivacyOption | undefined;
  /**
   * Rules that every synthetic row of a table keeps: those given besides those that are found in the
   * data, which `true` and leaving it out mean alone; `false` for none. A given rule that does not
   * hold in the data is refused.
   */
  readonly rules?: RulesOption;
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
export type ResolvedFitOptions = Omit<FitOptions, keyof EngineOptions> & Partial<ExecutionTarget>;

const recipe: Option<RecipeOption> = about(
  "how to train: the name of a recipe, or what is different from the one called 'base'",
  custom(
    'the name of a recipe, or an object of what is different from one',
    (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
    {
      anyOf: [
        { enum: recipeNames },
        { type: 'object', properties: { base: { enum: recipeNames } }, required: ['base'] },
      ],
    },
  ),
);

/** The options of training; which go together is for `checkFitOptions` to say. */
export const fitShape: ShapeOf<Omit<FitOptions, 'signal'>> = {
  ...engineShape,
  seed: about('same seed, same input: same model', seed()),
  recipe,
  target: about(
    'the column of labels, for recipes that learn by labels',
    text('the name of a column'),
  ),
  translate: translateOption,
  steps: about("training steps (default: the recipe's epochs)", wholeNumber({ from: 1 })),
  epochs: about('times that each row is seen, instead of steps', number({ above: 0 })),
  seconds: about('train so long at most, and keep what is best', number({ above: 0 })),
  patience: about(
    'looks at held-out rows that find nothing better before training ends; false for no end (default: 8)',
    either([wholeNumber({ from: 1 }), oneOf([false])], 'a positive whole number, or false'),
  ),
  keep: about(
    "the state that becomes the model: the best by held-out rows, or the last (default: 'best')",
    oneOf(keepChoices),
  ),
  checkpoint: about('keep checkpoints of the training in this file', text('the path of a file')),
  resume: about('go on from the checkpoint, if it is there', boolean()),
  pictures: about(
    'draw curves of the training, and of images what is made, while it goes on',
    text('the path of a directory'),
  ),
  columns: columnsOption,
  unmodelled: about(
    "columns that cannot be learned: null in synthetic rows, or refused (default: 'null')",
    oneOf(['null', 'refuse']),
  ),
  privacy: privacyOption,
  rules: rulesOption,
  conditions: about(
    "what the model's rows will be asked for",
    object<RatioConditions>({
      where: conditionShape.where,
      balance: conditionShape.balance,
      ratio: required(number({ from: 0, to: 1 })),
    }),
  ),
  thread: about('where it is trained', oneOf(threads)),
  onStep: callback<(step: TrainingStep) => void>(),
  onEvent: callback<(event: TrainingEvent) => void>(),
};

/** The options of `fitModel`. */
export const fitModelOptions = object<FitOptions>({ ...fitShape, signal: abortSignal() });

/**
 * Refuses options that are right each by itself, and exclude each other or need another one.
 *
 * @throws InvalidOptionError
 */
export function checkFitOptions(options: FitOptions): void {
  const { steps, epochs, resume, checkpoint, recipe } = options;
  checkRulesOption(options.rules, 'fit.rules');
  if (steps !== undefined && epochs !== undefined) {
    throw new InvalidOptionError(
      "'fit.steps' and 'fit.epochs' exclude each other. Give one of them",
    );
  }
  if (resume && checkpoint === undefined) {
    throw new InvalidOptionError(
      'fit.resume needs fit.checkpoint: name the file of the training to resume',
    );
  }
  checkRecipeOption(recipe);
  checkPrivacy(options);
  checkPromise(recipe, privacyTarget(options.privacy) !== undefined);
  checkTranslateOption(options.translate, 'translate');
  checkTranslation(recipe, options.translate);
  checkTogetherWithTranslation(options);
  checkEngineOptions(options, 'fit.');
}

/** Options as JSON, by which two trainings are told apart; of bigints, which JSON does not have, too. */
export function stringifyOptions(options: unknown): string {
  return JSON.stringify(options, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}

/** Options that are of no use where a row is made from a real one. */
const notTranslated = ['target', 'rules', 'conditions', 'unmodelled'] as const;

function checkTogetherWithTranslation(options: FitOptions): void {
  if (options.translate === undefined) return;
  const other = notTranslated.find((name) => options[name] !== undefined);
  if (other === undefined) return;
  throw new InvalidOptionError(
    `'translate' and '${other}' exclude each other: all but one tensor of a synthetic row is a real ` +
      "row's. Leave one of them out",
  );
}
