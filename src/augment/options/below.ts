import {
  deviceNames,
  devices,
  type EngineOptions,
  engineNames,
} from '../../compute/engines/options.js';
import type { ColumnOptions } from '../../encode/column-options.js';
import type {
  Balance,
  CellValue,
  ConditionOptions,
  ConditionReport,
  RatioConditions,
} from '../../gan/conditions/options.js';
import { type RecipeOption, recipeNames } from '../../gan/families/recipes.js';
import type { FitOptions } from '../../gan/fit/options.js';
import type { SamplingTarget } from '../../gan/sampling/sampling-target.js';
import type { TrainingEvent } from '../../gan/training/events.js';
import type { TrainingStep } from '../../gan/training/progress.js';
import { either, object, recordOf } from '../../options/composed.js';
import { about, hinted, type Option, required, type ShapeOf } from '../../options/option.js';
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

export const engineShape: ShapeOf<EngineOptions> = {
  engine: about("what computes (default: 'onnx')", oneOf(engineNames)),
  device: about('what it computes on; see inspect --engines', oneOf(deviceNames)),
  threads: about('threads of onnx on the cpu (default: 1)', wholeNumber({ from: 1, to: 1024 })),
};

export const samplingShape: ShapeOf<SamplingTarget> = {
  device: about('what rows are made on', oneOf(devices.onnx)),
  threads: engineShape.threads,
};

const columnOptions = hinted(
  "Give { kind: 'categorical' }",
  object<ColumnOptions>({
    kind: about(
      'what to learn the column as',
      oneOf(['continuous', 'integer', 'categorical', 'boolean', 'temporal', 'identifier', 'null']),
    ),
    maximumLevels: about('levels of a text column, at most', wholeNumber({ from: 1 })),
    unmodelled: about('where it cannot be learned: null, or refused', oneOf(['null', 'refuse'])),
  }),
);

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

const cell = custom<CellValue>(
  'a text, a number, a bigint, true, false, a date or null',
  (value) =>
    value === null ||
    value instanceof Date ||
    ['string', 'number', 'bigint', 'boolean'].includes(typeof value),
  { type: ['string', 'number', 'boolean', 'null'] },
);

export const conditionShape: ShapeOf<ConditionOptions> = {
  where: about(
    'values that every synthetic row has',
    recordOf(cell, 'an object of values by column'),
  ),
  balance: about(
    'make the levels of this column as equally frequent as the synthetic rows can',
    either(
      [
        text('the name of a column'),
        object<Balance>({
          column: required(text('the name of a column')),
          shares: recordOf(number({ from: 0 }), 'an object of shares by level'),
        }),
      ],
      'the name of a column, or { column, shares }',
    ),
  ),
  onConditions: callback<(report: ConditionReport) => void>(),
};

export const fitShape: ShapeOf<Omit<FitOptions, 'signal'>> = {
  ...engineShape,
  seed: about('same seed, same input: same model', seed()),
  recipe,
  target: about(
    'the column of labels, for recipes that learn by labels',
    text('the name of a column'),
  ),
  steps: about("training steps (default: the recipe's epochs)", wholeNumber({ from: 1 })),
  epochs: about('times that each row is seen, instead of steps', number({ above: 0 })),
  seconds: about('train so long at most, and keep what is best', number({ above: 0 })),
  patience: about(
    'looks at held-out rows that find nothing better before training ends; false for no end (default: 8)',
    either([wholeNumber({ from: 1 }), oneOf([false])], 'a positive whole number, or false'),
  ),
  checkpoint: about('keep checkpoints of the training in this file', text('the path of a file')),
  resume: about('go on from the checkpoint, if it is there', boolean()),
  pictures: about(
    'draw curves of the training, and of images what is made, while it goes on',
    text('the path of a directory'),
  ),
  columns: about(
    'what a column is to be learned as, where that should not be inferred',
    recordOf(columnOptions, 'an object of options by column'),
  ),
  unmodelled: about(
    "columns that cannot be learned: null in synthetic rows, or refused (default: 'null')",
    oneOf(['null', 'refuse']),
  ),
  conditions: about(
    "what the model's rows will be asked for",
    object<RatioConditions>({
      where: conditionShape.where,
      balance: conditionShape.balance,
      ratio: required(number({ from: 0, to: 1 })),
    }),
  ),
  thread: about('where it is trained', oneOf(['worker', 'caller'])),
  onStep: callback<(step: TrainingStep) => void>(),
  onEvent: callback<(event: TrainingEvent) => void>(),
};

export const signalShape = { signal: abortSignal() };
